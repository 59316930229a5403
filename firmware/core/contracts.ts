/**
 * What the pure parts of the firmware are handed by `main.ts`.
 *
 * Each interface is the smallest thing that a part can live with; `hal/` fills it on a chip and
 * `test/support/` fills it in a test. Nothing here throws unless its comment says so.
 */

/** A pin that moves something. Levels are resolved by the hal: on is on, whatever the wiring. */
export interface Output {
  /** Switches on for `ms`, ended by a hardware timer where the interpreter has one. Returns at once. */
  pulse(ms: number): void;
  /** Switches off now. Safe at any time and any number of times. */
  off(): void;
}

/** Timers. An id is a number above 0, so that 0 can stand for "no timer". */
export interface Clock {
  /** Calls `callback` once, `ms` from now. The order is that of `setTimeout`, which can stand here as it is. */
  after(callback: () => void, ms: number): number;
  /** Forgets a timer that has not fired. `id` must be one that `after` gave. */
  cancel(id: number): void;
}

/** One connection, dialled but not yet open. The shape is that of an Espruino socket, so that a socket is one. */
export interface Link {
  /** Queues bytes, one a character. Throws when the connection is closed. */
  write(bytes: string): void;
  /** Sends what is queued, then closes. */
  end(): void;
  /** Forgets everybody who listens: after it, a late event of this connection reaches nobody. */
  removeAllListeners(): void;
}

/**
 * The whole pages that the firmware owns inside Storage (see `layout.ts`).
 * Offsets are bytes from the start of that region; NOR flash: a write can only clear bits.
 */
export interface Store {
  /** The bytes as they are in flash, one a character; on a chip they are not copied into memory. */
  read(offset: number, length: number): string;
  /** Sets every byte of one unit (`UNIT` bytes) to 0xFF. */
  erase(unit: number): void;
  /** Writes bytes. `offset` and the length are multiples of 4. */
  write(offset: number, bytes: string): void;
}

/** What the loader hands to the image that it starts. */
export interface Boot {
  /** The slot that the image came from. */
  readonly slot: 0 | 1;
  /** 1 while the image is on trial: unless it says `ok`, the loader goes back to the other one. */
  readonly trial: 0 | 1;
  /** Why the device has started, in words. */
  readonly reason: string;
  /** The image has proved itself. */
  ok(): void;
}
