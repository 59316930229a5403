import type { Cancel, Time } from './time.ts';

/** Edges that fit: a ring of 16 slots, one of which stays empty. */
const ROOM = 15;

interface Edge {
  at: number;
  readonly pin: number;
  readonly level: 0 | 1;
}

/**
 * The hardware timer behind `digitalPulse`. It runs whatever the interpreter does.
 *
 * The ESP8266's timer has 23 bits at 5 MHz: an edge further away than `rangeMs` comes too early, by whole turns
 * of the timer, and pulls the edges after it forward.
 */
export class PulseQueue {
  private edges: Edge[] = [];
  private cancel: Cancel | undefined;
  private due = 0;
  private early = 0;

  constructor(
    private readonly time: Time,
    private readonly rangeMs: number,
    private readonly set: (pin: number, level: 0 | 1, ms: number) => void,
  ) {}

  /** When the last edge of a pin is due, or undefined without one. */
  lastOf(pin: number): number | undefined {
    return this.edges.findLast((edge) => edge.pin === pin)?.at;
  }

  /** Queues an edge; busy-waits for room like the chip does. */
  add(pin: number, level: 0 | 1, at: number): void {
    while (this.edges.length >= ROOM) this.wait();
    const before = this.edges.findIndex((edge) => edge.at >= at);
    this.edges.splice(before < 0 ? this.edges.length : before, 0, { at, pin, level });
    this.arm();
  }

  /** Busy-waits until no edge is left. */
  waitEmpty(): void {
    while (this.edges.length) this.wait();
  }

  get running(): boolean {
    return this.edges.length > 0;
  }

  /** Puts out what has become due while the processor was busy. */
  catchUp(): void {
    while (this.edges.length && this.due <= this.time.now()) this.fire();
  }

  clear(): void {
    this.edges = [];
    this.cancel?.();
  }

  private wait(): void {
    this.time.block(Math.max(0, this.due - this.time.now()));
    this.fire();
  }

  private arm(): void {
    this.cancel?.();
    const head = this.edges[0];
    if (!head) return;
    const period = Math.max(0, head.at - this.time.now());
    const actual = period % this.rangeMs;
    this.early = period - actual;
    this.due = this.time.now() + actual;
    this.cancel = this.time.after(actual, () => { this.fire(); });
  }

  private fire(): void {
    const now = this.due;
    for (const edge of this.edges) edge.at -= this.early;
    this.early = 0;
    while (this.edges[0] && this.edges[0].at <= now) {
      const edge = this.edges.shift() as Edge;
      this.set(edge.pin, edge.level, now);
    }
    this.arm();
  }
}
