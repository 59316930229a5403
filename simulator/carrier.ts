import type { Duplex } from 'node:stream';
import type { Dialer, Link, LinkEvents } from './network.ts';

/** What a carrier asks its network for at the moment it needs it. */
export interface Weather {
  readonly latencyMs: number;
  /** Size of the next piece to deliver; 0: all there is. */
  nextPiece(): number;
}

/** Carries bytes between a board and a Duplex, and lets faults happen on the way. */
export class Carrier implements Link {
  /** Nothing passes any more, nobody is told. */
  private silent = false;
  private finished = false;
  private lastArrival = 0;
  /** What is on its way, in its order. */
  private readonly waiting: (() => void)[] = [];

  constructor(
    readonly dialer: Dialer,
    private readonly stream: Duplex,
    private readonly events: LinkEvents,
    private readonly weather: Weather,
  ) {
    stream.on('data', (data: Buffer) => { this.deliver(new Uint8Array(data)); });
    stream.on('end', () => { this.finish('end'); });
    stream.on('error', () => { this.finish('reset'); });
    stream.on('close', () => { this.finish('reset'); });
  }

  get open(): boolean {
    return !this.silent && !this.finished;
  }

  /** Tells the board that the connection is made. */
  opened(): void {
    this.later(() => { this.events.opened(); });
  }

  send(bytes: Uint8Array): void {
    this.dialer.time.touch();
    this.later(() => { if (!this.silent && this.stream.writable) this.stream.write(bytes); });
  }

  end(): void {
    this.later(() => {
      if (this.silent || this.finished) return;
      this.finished = true;
      this.dialer.time.touch();
      this.stream.end();
    });
  }

  vanish(): void {
    this.silent = true;
    // A connection that nobody minds any more doesn't keep the process alive.
    (this.stream as { unref?: () => void }).unref?.();
  }

  /** Gives the connection up for good. */
  close(): void {
    this.silent = true;
    this.stream.destroy();
  }

  /** Both sides see the connection end. */
  cut(how: 'reset' | 'end'): void {
    this.finish(how);
    if (how === 'reset') this.stream.destroy();
    else this.stream.end();
  }

  private deliver(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const size = this.weather.nextPiece() || bytes.length;
      const piece = bytes.subarray(at, at + size);
      this.later(() => { if (!this.finished) this.events.received(piece); });
      at += size;
    }
  }

  private finish(how: 'reset' | 'end'): void {
    if (this.finished) return;
    this.later(() => {
      if (this.finished) return;
      this.finished = true;
      this.events.ended(how);
    });
  }

  /** Does something after the latency, in the order of the calls, unless the link has gone silent by then. */
  private later(deed: () => void): void {
    const { time } = this.dialer;
    time.touch();
    const due = Math.max(this.lastArrival, time.now() + this.weather.latencyMs);
    this.lastArrival = due;
    if (due <= time.now() && !this.waiting.length) return this.unlessSilent(deed);
    this.waiting.push(deed);
    // Whichever comes first takes the first deed: a clock that is real moves on between two looks at it, and would
    // let a piece of a stream overtake another.
    time.after(due - time.now(), () => this.unlessSilent(this.waiting.shift()));
  }

  private unlessSilent(deed: (() => void) | undefined): void {
    if (!this.silent) deed?.();
  }
}
