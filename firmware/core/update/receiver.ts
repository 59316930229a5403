import type { Store } from '../contracts.ts';
import { SUBSCRIBE, UNSUBSCRIBE } from '../mqtt/packet.ts';
import type { Asked, Receiver, Task } from './asked.ts';
import type { Digest } from './hmac.ts';
import { createTarget } from './target.ts';

/** Seconds to wait for a chunk before it is asked for again, the first time and at the most. */
const FIRST = 5;
const LONGEST = 60;

/**
 * Fetches what a slot lacks of an image: subscribes to one chunk, takes it, checks it, writes it. The first one comes
 * last: it has the header, without which nothing runs.
 *
 * Nothing is written or erased while the bell sounds: what has come waits for silence. Each step begins with an empty
 * stack.
 */
export function createReceiver(store: Store, digest: Digest, task: Task, asked: Asked): Receiver {
  const target = createTarget(store, digest, task);
  // Chunks 1, 2 … and then 0, each number modulo their count.
  let at = 1;
  // What is awaited, '' while flash is looked through; and what has come.
  let topic = '';
  let came = '';
  let id = -1;
  let wait = 0;
  let pause = 0;
  let isHeld = 0;
  let isLive = 1;

  const progress = (have: number, want: number) => {
    const wanted = want < 0 ? '}' : ',"want":' + want + '}';
    asked.say(task.status + ',"have":' + have + ',"of":' + target.count + wanted);
  };

  const ask = () => {
    wait = pause = Math.min(LONGEST, 2 * pause + FIRST);
    id = asked.request(SUBSCRIBE, [topic, 0], 1);
  };

  const forget = () => {
    if (topic) asked.request(UNSUBSCRIBE, [topic], 0);
    topic = '';
  };

  /** Looks whether a chunk is in flash. Asks for it when it is not. */
  const find = (n: number): boolean => {
    if (at === 1 || (n && n % target.perUnit === 0)) target.prepare(n);
    if (target.has(n)) return true;
    topic = task.path + n;
    pause = 0;
    ask();
    return false;
  };

  /** Writes the chunk that has come. Anybody may publish anything: after a wrong one, the right one may still come. */
  const keep = (n: number): boolean => {
    const bytes = came;
    came = '';
    if (!target.isChunk(n, bytes)) return false;
    forget();
    if (target.write(n, bytes)) return true;
    asked.ended('the flash does not take the image');
    return false;
  };

  const step = () => {
    if (!isLive) return;
    isHeld = asked.sounding() ? 1 : 0;
    const n = at % target.count;
    if (isHeld || !(topic ? keep(n) : find(n))) return;
    if (at % target.perUnit === 0) progress(at, -1);
    if (at++ === target.count) asked.ended('');
    else asked.later(step);
  };
  asked.later(step);

  return {
    take: (payload) => {
      if (!topic) return;
      came = payload;
      step();
    },
    asked: (packet) => packet === id,
    online: () => {
      pause = 0;
      wait = 1;
    },
    tick: () => {
      if (isHeld) return asked.later(step);
      if (!topic || came || --wait) return;
      if (pause) progress(at - 1, at % target.count);
      ask();
    },
    stop: () => {
      isLive = 0;
      forget();
    },
  };
}
