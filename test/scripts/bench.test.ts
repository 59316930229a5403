import assert from 'node:assert/strict';
import test from 'node:test';
import { mostOnTime, percentile, shortestRest, strokesOf } from '../../scripts/bench/guard.ts';
import { fillPage } from '../../scripts/bench/page.ts';
import { sectionMarkdown, sectionText, type Section } from '../../scripts/bench/table.ts';
import { command } from '../../scripts/commands/bench.ts';
import { FakeIo } from './host.ts';

const section: Section = {
  id: 'bytes',
  title: 'Bytes',
  notes: ['Counted.'],
  tables: [{ title: 'Sizes', head: ['board', 'bytes'], rows: [['d1-mini', 21638], ['linux', 7]] }],
};

test('a table on a terminal has its figures to the right', () => {
  assert.match(sectionText(section), /board {4} bytes\nd1-mini {2}21,638\nlinux {9}7\n/);
});

test('a table in the page has the same figures', () => {
  assert.match(sectionMarkdown(section), /\| board \| bytes \|\n\| --- \| ---: \|\n\| d1-mini \| 21,638 \|/);
});

test('a block of the page is replaced, with the command that made it', () => {
  const page = 'a\n<!-- bench:bytes -->\nold\n<!-- /bench:bytes -->\nb\n';
  const filled = fillPage(page, [section], 'npm run bench');
  assert.match(filled, /^a\n<!-- bench:bytes -->\n\nMade by `npm run bench`\.\n\nCounted\./);
  assert.match(filled, /<!-- \/bench:bytes -->\nb\n$/);
  assert.doesNotMatch(filled, /old/);
  assert.equal(fillPage(filled, [section], 'npm run bench'), filled);
});

test('a section without a block leaves the page as it is', () => {
  assert.equal(fillPage('no blocks', [section], 'npm run bench'), 'no blocks');
});

test('edges make strokes, also when they are reported late', () => {
  const edge = (ms: number, level: 0 | 1) => ({ pin: 'D5', level, ms });
  assert.deepEqual(strokesOf([edge(0, 1), edge(40, 1), edge(30, 0), edge(50, 0)], 1), [
    { on: 0, off: 30 }, { on: 40, off: 50 },
  ]);
});

test('the most on-time is that of the worst window', () => {
  const strokes = [{ on: 0, off: 100 }, { on: 500, off: 600 }, { on: 1050, off: 1150 }];
  assert.equal(mostOnTime(strokes, 1000), 200);
  assert.equal(mostOnTime(strokes, 1150), 300);
  assert.equal(mostOnTime([], 1000), 0);
  assert.equal(shortestRest(strokes), 400);
});

test('a percentile is a value that was measured', () => {
  assert.equal(percentile([3, 1, 2, 4], 50), 2);
  assert.equal(percentile([3, 1, 2, 4], 99), 4);
});

test('without an interpreter the bytes are measured and the rest is skipped by name', async () => {
  const io = new FakeIo();
  assert.equal(await command.run({ only: ['variables', 'growth', 'ring', 'references'] }, [], io), 0);
  for (const id of ['variables', 'growth', 'ring', 'references']) assert.match(io.stdout, new RegExp(`Skipped: ${id}`));
  assert.match(io.stdout, /ESPRUINO_BIN/);
});

test('a part that does not exist is named', async () => {
  await assert.rejects(command.run({ only: ['speed'] }, [], new FakeIo()), /no part "speed"/);
});

test('a reference without a program of its own is refused', async () => {
  await assert.rejects(command.run({ reference: ['other=other.js'] }, [], new FakeIo()), /names no client/);
});
