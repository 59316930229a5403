import type { Output } from '../../firmware/core/contracts.ts';
import { FakeClock } from './fake-clock.ts';

/** A change of the output's level. */
export interface Edge {
  readonly ms: number;
  readonly level: 0 | 1;
}

/**
 * A relay that remembers when it moved.
 *
 * It ends a pulse as `digitalPulse` does: the end stays in the hardware's queue although the pin was switched off in
 * the meantime, and then it also ends whatever has begun since.
 */
export class FakeOutput implements Output {
  readonly edges: Edge[] = [];
  level: 0 | 1 = 0;
  /** Ignores the end of each pulse, as a timer that has failed does. */
  failing = false;
  /** How often it was switched off, whether that changed anything or not. */
  offs = 0;

  /** The hardware's timer; not the one that a test takes timers from. */
  private readonly hardware = new FakeClock();

  constructor(private readonly clock: FakeClock) {}

  pulse(ms: number): void {
    this.catchUp();
    this.set(1, this.clock.now);
    this.hardware.after(() => {
      if (!this.failing) this.set(0, this.hardware.now);
    }, ms);
  }

  off(): void {
    this.catchUp();
    this.offs++;
    this.set(0, this.clock.now);
  }

  /** Strokes so far as `start+length`, and the one that has not ended as `start+`. */
  strokes(): string[] {
    this.catchUp();
    const found: string[] = [];
    this.edges.forEach(({ ms, level }, i) => {
      if (level) found.push(`${ms}+${this.edges[i + 1] ? this.edges[i + 1]!.ms - ms : ''}`);
    });
    return found;
  }

  /** Time that the output was on between two moments, ms. */
  onTime(from: number, to: number): number {
    this.catchUp();
    return this.edges.reduce((sum, { ms, level }, i) => {
      const end = this.edges[i + 1]?.ms ?? this.clock.now;
      return level ? sum + Math.max(0, Math.min(end, to) - Math.max(ms, from)) : sum;
    }, 0);
  }

  /** Lets the hardware do what was due until now. */
  catchUp(): void {
    this.hardware.advance(this.clock.now - this.hardware.now);
  }

  private set(level: 0 | 1, ms: number): void {
    if (level !== this.level) this.edges.push({ ms, level });
    this.level = level;
  }
}
