import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { VirtualTime } from '../../simulator/index.ts';

describe('VirtualTime', () => {
  test('runs tasks in the order of their time, then of their making', async () => {
    const time = new VirtualTime();
    const log: string[] = [];
    for (const [name, ms] of [['b', 20], ['a', 10], ['c', 20]] as const) {
      time.after(ms, () => { log.push(`${name}@${time.now()}`); });
    }
    await time.advance(20);
    assert.deepEqual(log, ['a@10', 'b@20', 'c@20']);
  });

  test('runs what a task adds, when it is due', async () => {
    const time = new VirtualTime();
    const log: number[] = [];
    time.after(5, () => { time.after(5, () => { log.push(time.now()); }); });
    await time.advance(9);
    assert.deepEqual(log, []);
    await time.advance(1);
    assert.deepEqual(log, [10]);
  });

  test('forgets what was cancelled', async () => {
    const time = new VirtualTime();
    const cancel = time.after(5, () => assert.fail('ran'));
    cancel();
    await time.advance(10);
    assert.equal(time.nextAt, undefined);
  });

  test('lets promises and streams settle between two tasks', async () => {
    const time = new VirtualTime();
    const log: string[] = [];
    time.after(1, () => { time.touch(); setImmediate(() => { setImmediate(() => { log.push('answer'); }); }); });
    time.after(2, () => { log.push('next'); });
    await time.advance(2);
    assert.deepEqual(log, ['answer', 'next']);
  });

  test('runs late what fell due while something blocked', async () => {
    const time = new VirtualTime();
    const log: number[] = [];
    time.after(1, () => { time.block(100); });
    time.after(50, () => { log.push(time.now()); });
    await time.advance(60);
    assert.deepEqual(log, [101]);
  });

  test('waits until something is true, and gives up', async () => {
    const time = new VirtualTime();
    let done = false;
    time.after(30, () => { done = true; });
    await time.until(() => done);
    assert.equal(time.now(), 30);
    await assert.rejects(time.until(() => false, 100), /still waiting after 100 ms/);
  });
});
