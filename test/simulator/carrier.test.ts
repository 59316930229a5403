import assert from 'node:assert/strict';
import { duplexPair } from 'node:stream';
import { test } from 'node:test';
import { Carrier } from '../../simulator/carrier.ts';
import type { Time } from '../../simulator/index.ts';

/** A clock that has moved on by some ms each time that one looks at it, and its tasks. */
function restless(): { time: Time; run(): void } {
  const steps = [0, 40, 0, 3, 0, 25];
  const tasks: { at: number; task: () => void }[] = [];
  let clock = 0;
  let looks = 0;
  const now = () => (clock += steps[looks++ % steps.length]!);
  const after = (ms: number, task: () => void) => {
    tasks.push({ at: now() + ms, task });
    return () => undefined;
  };
  const time: Time = { epoch: 0, virtual: false, now, after, block: () => undefined, touch: () => undefined };
  return { time, run: () => tasks.sort((a, b) => a.at - b.at).forEach(({ task }) => task()) };
}

test('no piece of a stream overtakes another, whatever time passes while they are put on their way', () => {
  const [ours] = duplexPair();
  const { time, run } = restless();
  const got: number[] = [];
  const events = {
    opened: () => undefined, failed: () => undefined, ended: () => undefined,
    received: (bytes: Uint8Array) => { got.push(bytes[0]!); },
  };
  const carrier = new Carrier({ mac: '', time }, ours, events, { latencyMs: 20, nextPiece: () => 1 });
  ours.emit('data', Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]));
  run();
  carrier.close();
  assert.deepEqual(got, [1, 2, 3, 4, 5, 6, 7, 8]);
});
