import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { boot } from './support/bench.ts';

describe('the clock of a chip', () => {
  test('starts near 1970 and has a fraction', async () => {
    const { lines } = await boot('print(getTime()<1,Date.now()%1>0,new Date().getFullYear())');
    assert.deepEqual(lines, ['true true 1970']);
  });

  test('is set by setTime, which leaves the timers alone', async () => {
    const { time, lines } = await boot('setTimeout(function(){print(Math.floor(getTime()))},2000);setTime(1700000000)');
    await time.advance(1000);
    assert.deepEqual(lines, []);
    await time.advance(1000);
    assert.deepEqual(lines, ['1700000002']);
  });

  test('jumps under the interpreter, with its timers when asked', async () => {
    const { board, time, lines } = await boot('setTimeout(function(){print("an hour")},3600000)');
    board.clockJump(7200);
    await time.advance(1000);
    assert.deepEqual(lines, []);
    board.clockJump(7200, { timers: true });
    await time.advance(1);
    assert.deepEqual(lines, ['an hour']);
  });
});

test('on Linux setTime moves the timers instead of the clock', async () => {
  const code = 'setTimeout(function(){print("late")},100);setTime(getTime()+60)';
  const { time, lines } = await boot(code, { chip: 'linux' });
  assert.deepEqual(lines, []);
  await time.advance(60_000);
  assert.deepEqual(lines, ['late']);
});

test('ticks that were missed come in a burst', async () => {
  const code = 'var n=0;setInterval(function(){n++},10);setTimeout(function(){digitalPulse(D5,1,100);' +
    'digitalPulse(D5,1,0);setTimeout(function(){print(n)},0.1)},5)';
  const { lines } = await boot(code);
  assert.deepEqual(lines, ['10']);
});

test('a page of timers runs in the order of their times', async () => {
  const { lines } = await boot('[30,10,20].forEach(function(ms){setTimeout(function(){print(ms)},ms)})');
  assert.deepEqual(lines, ['10', '20', '30']);
});
