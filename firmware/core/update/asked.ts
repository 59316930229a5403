import type { Manifest } from './manifest.ts';

/** Fetches the chunks that are missing. */
export interface Receiver {
  /** Takes what may be the chunk that is awaited. With an empty stack. */
  take(payload: string): void;
  /** Whether this is the packet identifier of a question for a chunk. */
  asked(id: number): boolean;
  /** The session is online again. */
  online(): void;
  /** A second has passed, online and in silence. */
  tick(): void;
  /** Somebody else takes over. */
  stop(): void;
}

/** What a receiver has to fetch. */
export interface Task {
  /** Where the image goes, bytes from the start of the region. */
  readonly base: number;
  /** Where the list of its chunks is: each `HASH` bytes of its digest. */
  readonly list: number;
  readonly size: number;
  readonly chunk: number;
  /** Topic of the chunks, without their number. */
  readonly path: string;
  /** What each status begins with: an object of JSON that is still open. */
  readonly status: string;
}

/**
 * What an image that runs asks of the loader: what is to be done about updates? This is where the two meet, and the
 * loader is never replaced over the air: later images must fit to it.
 */
export interface Asked {
  /** A manifest that has come, or ''; and then the key for updates, '' for none. */
  offered: string;
  key: string;
  /** Why the last receiver gave up, 'incomplete' when it did not, '' when there was none. */
  result: string;
  /** The receiver that is at work, or 0. The loader may end it, and may give another one. */
  receiver: Receiver | 0;
  /** What the manifest says, once it is authenticated; else why not. */
  manifest?: Manifest;
  refused?: string;
  /** The key that follows, when the manifest asks for another. */
  next?: string;
  /** Answer: a ring came in between, ask again. */
  again?: 1;
  /** Answers: this key is to be stored; the device has to restart, once the bell rests; a receiver has this to do. */
  store?: string;
  leave?: 1;
  task?: Task;

  /** Says this on `update/status`, sooner or later. */
  say(status: string): void;
  /** Goes on with an empty stack. */
  later(callback: () => void): void;
  sounding(): boolean;
  /** Sends SUBSCRIBE or UNSUBSCRIBE. Gives the packet identifier. */
  request(type: number, filters: (string | number)[], asks: number): number;
  /** A receiver has ended: with '' when all chunks are there, or why no more can be done. */
  ended(reason: string): void;
  /**
   * The loader has answered. With a task, it is to be run again, to make the receiver. Once it has, this is gone, as
   * are `offered`, `key` and `result`.
   */
  done(): void;
}
