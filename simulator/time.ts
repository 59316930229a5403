/** Cancels what was scheduled. Harmless when it has run already. */
export type Cancel = () => void;

/** The clock that boards and networks share. Milliseconds, never going back, with a fraction. */
export interface Time {
  now(): number;
  /** Unix time of `now() === 0`, ms: what the wall clock of a Linux board shows. */
  readonly epoch: number;
  /** Whether it passes only when a test says so. */
  readonly virtual: boolean;
  /** Runs `task` once, `ms` from now; never before the caller has returned. */
  after(ms: number, task: () => void): Cancel;
  /** Lets `ms` pass at once, as code does that keeps the processor busy. */
  block(ms: number): void;
  /** Tells that something is on its way outside of this clock (a packet, a promise). */
  touch(): void;
}

/** So long may one board hold up all the others. */
export const LONGEST_BLOCK_MS = 2000;

/**
 * Time as it passes, for the workshop and for real brokers. `speed` makes that of the boards pass so many times faster,
 * while the network takes the time that it takes.
 */
export function realTime(speed = 1): Time {
  const started = performance.now();
  return {
    epoch: Date.now(),
    virtual: false,
    now: () => (performance.now() - started) * speed,
    after(ms, task) {
      const timer = setTimeout(task, Math.max(0, ms / speed));
      return () => clearTimeout(timer);
    },
    block(ms) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.min(ms, LONGEST_BLOCK_MS) / speed);
    },
    touch() { /* the event loop comes back by itself */ },
  };
}
