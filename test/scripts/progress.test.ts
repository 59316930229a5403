import assert from 'node:assert/strict';
import test from 'node:test';
import { createProgress } from '../../scripts/lib/progress.ts';
import { FakeIo } from './host.ts';

test('draws a bar over itself on a terminal, and leaves the line at the end', () => {
  const io = new FakeIo();
  const err = { ...io.err, isTTY: true, columns: 50 };
  const progress = createProgress({ ...io, err, out: io.out });
  progress.at(0, 'writing');
  progress.at(0.5, 'writing');
  progress.done();
  assert.equal(io.stderr.split('\r').length, 3);
  assert.match(io.stderr, /\[#{12}\.{12}\] +50 % writing\n$/);
});

test('keeps within the width of the terminal', () => {
  const io = new FakeIo();
  const err = { ...io.err, isTTY: true, columns: 30 };
  createProgress({ ...io, err, out: io.out }).at(1, 'a long explanation of what is going on');
  assert.ok(io.stderr.replace('\r\x1b[K', '').length < 30);
});

test('writes a line for each step elsewhere', () => {
  const io = new FakeIo();
  const progress = createProgress(io);
  for (let share = 0; share <= 1; share += 0.01) progress.at(share, 'writing');
  progress.done();
  assert.ok(io.stderr.split('\n').length <= 12);
  assert.doesNotMatch(io.stderr, /[\r\x1b]/);
});
