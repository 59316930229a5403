import type { Outcome } from '../../firmware/core/bell/outcome.ts';
import type { Ring } from '../../firmware/core/bell/ring.ts';
import { createRinger, REFUSE } from '../../firmware/core/bell/ringer.ts';
import type { Guard } from '../../firmware/core/bell/ringer.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeOutput } from './fake-output.ts';

/** A ring of these strokes and rests. */
export function ringOf(pattern: number[], more: Partial<Ring> = {}): Ring {
  return { pattern, times: 1, gap: 300, id: '', at: 0, ttl: 0, ...more };
}

/** A ringer with a guard that most tests do not meet, on a relay that remembers, in time that the test makes. */
export class RingerBench {
  readonly clock = new FakeClock();
  readonly relay = new FakeOutput(this.clock);
  readonly guard: Guard;
  /** What became of the rings, one line each: `rung a 200`. */
  readonly ended: string[] = [];
  /** When each of them ended, ms. */
  readonly endedAt: number[] = [];
  readonly ringer;

  constructor(guard: Partial<Guard> = {}, warm: 0 | 1 = 0) {
    this.guard = { stroke: 1000, heat: 20_000, span: 60, rest: 500, mode: REFUSE, ...guard };
    this.ringer = createRinger(this.relay, this.clock, this.guard, warm, (ring, outcome, ms) => {
      this.ended.push([outcome, ring.id, ms].filter((part) => part !== '').join(' '));
      this.endedAt.push(this.clock.now);
    });
  }

  /** Asks for a ring; gives what `ring` gave. */
  ring(pattern: number[], more: Partial<Ring> = {}): Outcome | '' {
    return this.ringer.ring(ringOf(pattern, more));
  }

  /** Time passes without a tick. */
  wait(ms: number): void {
    this.clock.advance(ms);
  }

  /** Time passes, with a tick at the end of each second. */
  seconds(count: number): void {
    for (let i = 0; i < count; i++) {
      this.clock.advance(1000 - (this.clock.now % 1000));
      this.ringer.tick();
    }
  }
}
