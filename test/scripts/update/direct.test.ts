import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Direct } from '../../../scripts/lib/update/direct.ts';

/** A clock and a wire for one image of so many chunks. */
function wire(count = 20) {
  let now = 0;
  let timers: { at: number; callback: () => void }[] = [];
  const sent: number[] = [];
  const direct = new Direct({
    count: (image) => (image === 'image' ? count : 0),
    send: (_image, n) => void sent.push(n),
    after(ms, callback) {
      const timer = { at: now + ms, callback };
      timers.push(timer);
      return () => { timers = timers.filter((one) => one !== timer); };
    },
    now: () => now,
  });
  const pass = (ms: number): void => {
    const end = now + ms;
    for (;;) {
      const [next] = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      timers = timers.filter((one) => one !== next);
      now = next.at;
      next.callback();
    }
    now = end;
  };
  return { direct, sent, pass };
}

test('one chunk that was lost is sent, and no more', () => {
  const { direct, sent, pass } = wire();
  direct.want('front', 'image', 7);
  pass(60_000);
  assert.deepEqual(sent, [7]);
});

test('who asks for the next one too gets all that follow, the first chunk last', () => {
  const { direct, sent, pass } = wire(5);
  direct.want('front', 'image', 1);
  pass(5000);
  direct.want('front', 'image', 2);
  pass(60_000);
  assert.deepEqual(sent, [1, 2, 3, 4, 0]);
});

test('they come slower when the device has to ask again', () => {
  const { direct, sent, pass } = wire(100);
  direct.want('front', 'image', 1);
  direct.want('front', 'image', 2);
  pass(4000);
  assert.deepEqual(sent, [1, 2, 3, 4, 5, 6]);
  direct.want('front', 'image', 4);
  pass(4000);
  assert.deepEqual(sent.slice(6), [4, 5, 6]);
});

test('a fleet that asks for one chunk gets one message', () => {
  const { direct, sent, pass } = wire();
  for (let i = 0; i < 500; i++) direct.want(`bell-${i}`, 'image', 1);
  pass(100);
  assert.deepEqual(sent, [1]);
});

test('messages do not come faster than the broker can take them', () => {
  const { direct, sent, pass } = wire(400);
  for (let i = 0; i < 400; i++) direct.want(`bell-${i}`, 'image', i);
  pass(1000);
  assert.ok(sent.length > 190 && sent.length < 210, String(sent.length));
  pass(1500);
  assert.equal(sent.length, 400);
});

test('a device that has all is left in peace, and a chunk that does not exist is not sent', () => {
  const { direct, sent, pass } = wire();
  direct.want('front', 'image', 1);
  direct.want('front', 'image', 2);
  direct.end('front');
  direct.want('front', 'image', 20);
  direct.want('front', 'other', 0);
  pass(60_000);
  assert.deepEqual(sent, [1, 2]);
});
