import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PacedTime } from '../../simulator/index.ts';

/** Names in the order in which tasks ran. */
function runAll(time: PacedTime, tasks: Readonly<Record<string, number>>): Promise<string[]> {
  const ran: string[] = [];
  return new Promise((done) => {
    for (const [name, ms] of Object.entries(tasks)) {
      time.after(ms, () => { if (ran.push(name) === Object.keys(tasks).length) done(ran); });
    }
  });
}

describe('PacedTime', () => {
  test('runs tasks in the order of their time, then of their making', async () => {
    assert.deepEqual(await runAll(new PacedTime(), { c: 20, a: 10, d: 20, b: 10 }), ['a', 'b', 'c', 'd']);
  });

  test('a task is never early, however fast the time runs', async () => {
    const time = new PacedTime();
    time.speed = 1000;
    const before = time.now();
    await runAll(time, { a: 5000 });
    assert.ok(time.now() - before >= 5000);
  });

  test('a change of pace takes what waits with it, and the clock never jumps', async () => {
    const time = new PacedTime();
    const before = time.now();
    const waited = runAll(time, { hours: 7_200_000, minutes: 60_000 });
    time.speed = 1_000_000;
    time.speed = 2_000_000;
    assert.ok(time.now() >= before);
    assert.deepEqual(await waited, ['minutes', 'hours']);
    const fast = time.now();
    time.speed = 1;
    assert.ok(time.now() >= fast);
  });

  test('what a task adds waits until its caller has returned', async () => {
    const time = new PacedTime();
    const log: string[] = [];
    await new Promise<void>((done) => {
      time.after(0, () => {
        time.after(0, () => { log.push('added'); done(); });
        log.push('first');
      });
    });
    assert.deepEqual(log, ['first', 'added']);
  });

  test('what was cancelled does not run, not even by a task of the same moment', async () => {
    const time = new PacedTime();
    const cancel = time.after(5, () => assert.fail('ran'));
    time.after(1, cancel);
    const none = time.after(10, () => assert.fail('ran'));
    none();
    none();
    await runAll(time, { last: 20 });
  });
});
