import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { counted, noCounts, statsOf } from '../../firmware/core/counts.ts';
import type { Counted } from '../../firmware/core/counts.ts';

/** All outcomes, as their type lists them. */
const source = readFileSync(new URL('../../firmware/core/bell/outcome.ts', import.meta.url), 'utf8');
const outcomes = [...source.matchAll(/\| '(\w+)'/g)].map(([, name]) => name as Counted);
const all: Counted[] = [...outcomes, 'unreported', 'skipped', 'reconnects'];

function count(...happened: Counted[]): string {
  return happened.reduce(counted, noCounts());
}

test('counts each outcome, and what else is counted, apart from all others', () => {
  assert.ok(outcomes.length > 9);
  const often = all.flatMap((what, index) => Array<Counted>(index + 1).fill(what));
  const expected = Object.fromEntries(all.map((what, index) => [what, index + 1]));
  assert.deepEqual(statsOf({}, 0, count(...often)).counts, expected);
});

test('adds the seconds, and what has happened, to the figures of the hardware', () => {
  const counts = { rung: 2, reconnects: 1 };
  assert.deepEqual(statsOf({ free: 900 }, 60, count('rung', 'reconnects', 'rung')), { free: 900, uptime: 60, counts });
});

test('takes the same memory however often something happens', () => {
  let counts = noCounts();
  for (let i = 0; i < 70_000; i++) counts = counted(counts, 'rung');
  assert.equal(counts.length, noCounts().length);
  assert.deepEqual(statsOf({}, 0, counts).counts, { rung: 70_000 });
});

test('counts up to four billion', () => {
  const nearly = noCounts().replace('\0\0\0\0', '\xff\xff\xff\xfe');
  assert.deepEqual(statsOf({}, 0, counted(nearly, 'rung')).counts, { rung: 4_294_967_295 });
});
