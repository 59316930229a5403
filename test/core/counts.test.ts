import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { createCounts, placeOf, statsOf, UPTIME } from '../../firmware/core/counts.ts';
import type { Counted } from '../../firmware/core/counts.ts';

/** All outcomes, as their type lists them. */
const source = readFileSync(new URL('../../firmware/core/bell/outcome.ts', import.meta.url), 'utf8');
const outcomes = [...source.matchAll(/\| '(\w+)'/g)].map(([, name]) => name as Counted);
const counted: Counted[] = [...outcomes, 'unreported', 'skipped', 'reconnects'];

test('has a place of its own for each outcome, and for what else is counted', () => {
  const places = counted.map(placeOf);
  assert.ok(outcomes.length > 9);
  assert.deepEqual([...places, UPTIME].sort((a, b) => a - b), [...createCounts().keys()]);
});

test('adds the seconds, and what has happened, to the figures of the hardware', () => {
  const counts = createCounts();
  counts[UPTIME] = 60;
  counts[placeOf('rung')] = 2;
  counts[placeOf('reconnects')] = 1;
  assert.deepEqual(statsOf({ free: 900 }, counts), { free: 900, uptime: 60, counts: { rung: 2, reconnects: 1 } });
});

test('counts beyond what an interpreter keeps in a name', () => {
  const counts = createCounts();
  counts[placeOf('rung')] = 4_000_000_000;
  counts[placeOf('rung')]!++;
  assert.deepEqual(statsOf({}, counts).counts, { rung: 4_000_000_001 });
});
