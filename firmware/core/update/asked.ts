/** Fetches the chunks that are missing. */
export interface Receiver {
  /** Takes a message, if it is the chunk that is awaited. */
  take(topic: string, payload: string): boolean;
  /** Whether this is the packet identifier of a question for a chunk. */
  asked(id: number): boolean;
  /** The session is online again. */
  online(): void;
  /** A second has passed, online and in silence. */
  tick(): void;
  /** Somebody else takes over. */
  stop(): void;
}

/**
 * What an image that runs asks of the loader: what is to be done about updates? This is where the two meet, and the
 * loader is never replaced over the air: later images must fit to it.
 */
export interface Asked {
  /** A manifest that has come, or ''. The loader makes it '' unless it has to wait for the image to prove itself. */
  offered: string;
  /** Why the last receiver gave up, 'incomplete' when it did not, '' when there was none. */
  readonly result: string;
  /** The receiver that is at work, or 0. The loader may end it, and may give another one. */
  receiver: Receiver | 0;
  /** The loader's answer: another key is to be stored. */
  key?: string;
  /** The loader's answer: the device has to restart, once the bell rests. */
  leave?: 1;

  /** Says this on `update/status`, sooner or later. */
  say(status: string): void;
  /** Goes on with an empty stack. */
  later(callback: () => void): void;
  sounding(): boolean;
  /** Sends SUBSCRIBE or UNSUBSCRIBE. Gives the packet identifier. */
  request(type: number, filters: (string | number)[], asks: number): number;
  /** A receiver has ended: with '' when all chunks are there, or why no more can be done. */
  ended(reason: string): void;
}
