import type { Settings } from '../config.ts';
import type { Parts } from '../parts.ts';
import { patternNamed } from '../settings/public.ts';
import { BY_HAND, isStale, NO_AT, NO_CLOCK } from './late.ts';
import type { Outcome } from './outcome.ts';
import { createRecent, EVER } from './recent.ts';
import { newRing, readRing, STOP } from './ring.ts';
import type { Ring } from './ring.ts';
import { createRinger, QUEUE, REFUSE, RESTART } from './ringer.ts';
import type { Guard } from './ringer.ts';

/** How long before the last sign of a lost connection, and after the first of a new one, a copy may have come, s. */
const MOMENT = 5;

/** Rings from every source, each with its outcome. */
export interface Bell {
  /** Takes over what settings say of rings. */
  configure(ring: Settings['ring'], limits: Settings['guard'], isMuted: boolean): void;
  /**
   * Takes a payload of `ring`. `dup` says that the server may send it again; `waited` is its greatest age so far, s, or
   * BY_HAND; `second` counts the seconds since the start. The outcome is reported, now or when it has sounded.
   */
  take(payload: string, retain: number, dup: number, waited: number, second: number): void;
  /** Silence now. */
  stop(): void;
  /** A second has passed. */
  tick(): void;
  /** As the ringer says. */
  sounding(): boolean;
  /** Whether nothing sounds, waits, or is locked out. */
  rests(): boolean;
  /** The limits in force. */
  limits(): { [name: string]: number };
}

/** Makes a bell. `report` hears what has become of each ring. */
export function createBell(
  parts: Parts,
  report: (ring: Ring, outcome: Outcome, ms: number, reason?: string) => void,
): Bell {
  let pattern = '';
  let ttl = 0;
  let needsAt = 0;
  let muted = 0;
  const guard: Guard = { stroke: 0, heat: 0, span: 0, rest: 0, mode: 0 };
  const recent = createRecent();
  const ringer = createRinger(parts.relay, parts.clock, guard, parts.warm, report);

  return {
    configure: (ring, limits, isMuted) => {
      pattern = ring.pattern;
      ttl = ring.ttl;
      needsAt = ring.needsAt ? 1 : 0;
      muted = isMuted ? 1 : 0;
      guard.stroke = Math.min(limits.strokeMs, parts.maxStroke);
      guard.heat = limits.heatMs;
      guard.span = limits.windowS;
      guard.rest = limits.lockoutMs;
      guard.mode = ring.during === 'queue' ? QUEUE : ring.during === 'restart' ? RESTART : REFUSE;
      // What waits for its turn would sound in spite of it.
      if (muted) ringer.stop();
    },
    take: (payload, retain, dup, waited, second) => {
      const named = (name: string) => patternNamed(parts.load('ring').patterns, name);
      const asked = newRing();
      const wrong = readRing(asked, payload, pattern, named, guard.stroke);
      if (retain) return report(asked, 'retained', 0);
      if (wrong === STOP) return ringer.stop();
      if (wrong) return report(asked, 'invalid', 0, wrong);
      // Without an id, only the server knows a copy: one of a ring that came when the last connection was about to
      // break. Packet identifiers prove nothing: some servers give a copy a new one, and some count from 1 each time.
      // Where each ring has to say its second, the same words are the same ring.
      const name = asked.id || '\n' + payload;
      const known = asked.id || (needsAt && asked.at)
        ? recent.note(parts.crc(name), second, 0, EVER)
        : recent.note(parts.crc(name), second, dup ? waited - 1 : EVER, dup ? waited + MOMENT : 0);
      const now = parts.now();
      const mustSay = needsAt && waited !== BY_HAND;
      if (known) report(asked, 'duplicate', 0);
      else if (mustSay && !asked.at) report(asked, 'invalid', 0, NO_AT);
      else if (mustSay && !now) report(asked, 'stale', 0, NO_CLOCK);
      else if (isStale(asked, waited, now, ttl)) report(asked, 'stale', 0);
      else {
        const outcome = muted ? 'muted' : ringer.ring(asked);
        if (outcome) report(asked, outcome, 0);
      }
    },
    stop: ringer.stop,
    tick: ringer.tick,
    sounding: ringer.sounding,
    rests: ringer.rests,
    limits: () => ({ strokeMs: guard.stroke, heatMs: guard.heat, windowS: guard.span, lockoutMs: guard.rest }),
  };
}
