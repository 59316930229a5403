import assert from 'node:assert/strict';
import { test } from 'node:test';
import { realTime } from '../../simulator/index.ts';

test('time that passes faster is past a moment when what was due then is done', async () => {
  const time = realTime(500);
  const began = time.now();
  await new Promise<void>((done) => time.after(5000, done));
  // A timer of Node may come up to a millisecond early.
  assert.ok(time.now() - began >= 5000 - 500, `${time.now() - began} ms`);
});

test('what was cancelled is not done, however fast time passes', async () => {
  const time = realTime(100);
  let calls = 0;
  time.after(100, () => calls++)();
  await new Promise<void>((done) => time.after(1000, done));
  assert.equal(calls, 0);
});
