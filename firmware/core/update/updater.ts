import type { Asked, Receiver } from './asked.ts';

/** Seconds from the news that the device is about to restart to the restart, so that the news gets away. */
const FAREWELL = 4;

/** What updates need of the hardware. */
export interface UpdateParts {
  /** Has the loader answer, with an empty stack. */
  ask(asked: Asked): void;
  /** The key for updates, '' for none. */
  key(): string;
  /** Stores another key for updates. Gives '' or why not. */
  rekey(key: string): string;
  restart(): void;
}

/** Updates over the air, as seen from the device. */
export interface Updater {
  /** A manifest has come. */
  offer(payload: string): void;
  /** A message has come to none of the device's names: it may be the chunk that is awaited. */
  hear(payload: string): void;
  /** Whether this is the packet identifier of a question for a chunk. */
  asked(id: number): boolean | 0;
  /** The session is online again. */
  online(): void;
  /** The running image has proved itself: from now on, another one may take its place. */
  prove(): void;
  /** A second has passed and the bell is silent; `rests`: its lock-out is over as well. */
  tick(isOnline: 0 | 1, rests: boolean): void;
}

/**
 * Makes the updater of a device: what an image needs to have the loader do the rest. At rest it is a few numbers; all
 * else is made by the loader when there is something to do, and gone after it.
 */
export function createUpdater(
  parts: UpdateParts,
  later: (callback: () => void) => void,
  sounding: () => boolean,
  say: (verb: string, payload: string, qos: number, retain: number) => number,
  request: (type: number, filters: (string | number)[], asks: number) => number,
): Updater {
  // A manifest that has come.
  let offered = '';
  // Whether there is something to look at, and whether it may be looked at. The loader goes when the image has proved
  // itself; before, memory is scarce, and the other image could be needed next.
  let isDue = 0;
  let isProven = 0;
  // What may be a chunk, until the stack is empty.
  let heard = '';
  // What is still to be said; seconds until the restart; and what the last receiver came to.
  let news = '';
  let farewell = 0;
  let result = '';
  let receiver: Receiver | 0 = 0;

  const ask = () => {
    isDue = 0;
    const asked: Asked = {
      offered, key: offered && parts.key(), result, receiver, later, sounding, request,
      say: (status) => {
        news = status;
      },
      ended: (reason) => {
        receiver = 0;
        result = reason || 'incomplete';
        isDue = 1;
      },
      done: () => {
        receiver = asked.receiver;
        if (asked.store && parts.rekey(asked.store)) news = '';
        if (asked.leave) farewell = FAREWELL;
        if (asked.task && !receiver) parts.ask(asked);
        if (!asked.again) return;
        isDue = 1;
        offered = offered || asked.offered;
      },
    };
    offered = result = '';
    parts.ask(asked);
  };

  const pass = () => {
    const payload = heard;
    heard = '';
    if (receiver) receiver.take(payload);
  };

  return {
    offer: (payload) => {
      // An empty message is what is left of a retained one that was taken away.
      if (!payload) return;
      offered = payload;
      isDue = 1;
    },
    hear: (payload) => {
      if (!receiver) return;
      if (!heard) later(pass);
      heard = payload;
    },
    asked: (id) => receiver && receiver.asked(id),
    online: () => {
      if (receiver) receiver.online();
    },
    prove: () => {
      isDue = isProven = 1;
    },
    tick: (isOnline, rests) => {
      if (farewell && !--farewell) {
        if (rests) parts.restart();
        farewell = 1;
      }
      if (!isOnline) return;
      if (news && say('update/status', news, 1, 1) >= 0) news = '';
      if (isDue && isProven && !farewell) ask();
      else if (receiver) receiver.tick();
    },
  };
}
