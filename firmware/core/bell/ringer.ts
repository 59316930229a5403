import type { Clock, Output } from '../contracts.ts';
import type { Outcome } from './outcome.ts';
import { LONGEST_REST } from './ring.ts';
import type { Ring } from './ring.ts';

/** What a ring that comes during another one meets. */
export const REFUSE = 0;
export const QUEUE = 1;
export const RESTART = 2;

/** Most rings that wait for their turn. */
const LONGEST_QUEUE = 4;

/** A warmth that no budget has, ms. */
const MORE_THAN_ANY = 1e6;

/** How long after the end of a stroke, by the hardware's timer, the relay is switched off a second time, ms. */
const SECOND_PATH = 5;

/** The relay's protection. No message can exceed it. */
export interface Guard {
  /** Longest stroke, ms. */
  stroke: number;
  /** Most time that the relay is on in any window, ms, and the window, s. */
  heat: number;
  span: number;
  /** Shortest time from the end of one ring to the start of the next, ms. */
  rest: number;
  /** REFUSE, QUEUE or RESTART. */
  mode: number;
}

/** Below every source of rings: the only part of the firmware that moves the relay. */
export interface Ringer {
  /** Starts a ring, or queues it, and gives ''; or gives the outcome of one that it will not play. */
  ring(ring: Ring): Outcome | '';
  /** Silence now, and nothing that waited is played: all of it has ended as `stopped`. */
  stop(): void;
  /** A second has passed: the coil has cooled, and a silent relay is switched off once more. */
  tick(): void;
  /** Whether a ring is sounding, or the hardware's timer may still hold the end of a stroke that was cut short. */
  sounding(): boolean;
  /** Whether nothing sounds, waits, or is locked out. */
  rests(): boolean;
}

/**
 * Plays rings on `relay`, one at a time.
 *
 * Each stroke is ended by the hardware's timer (`relay.pulse`), by a timer of ours a moment later, and, should both
 * have failed, by the ticks, which count seconds: an interpreter that is out of memory loses timers, and a bell that
 * seemed to sound for ever would never connect again.
 * The heat budget is a leaky bucket that holds half of `guard.heat` and loses as much in `guard.span` seconds and one,
 * because one tick more than a window has seconds may count for it: what it holds plus what it loses is the most that
 * fits into any window, wherever it starts.
 * `warm`: nobody knows for how long the relay was on before, so that the budget counts as used up.
 * `ended` hears of each ring that was taken: its outcome, and for how many ms the relay was on.
 */
export function createRinger(
  relay: Output,
  clock: Clock,
  guard: Guard,
  warm: 0 | 1,
  ended: (ring: Ring, outcome: Outcome, ms: number) => void,
): Ringer {
  let current: Ring | 0 = 0;
  const waiting: Ring[] = [];
  // Which number of the pattern comes next, how many rounds are left, and how long the relay was on so far.
  let next = 0;
  let left = 0;
  let played = 0;
  let timer = 0;
  let heat = warm ? MORE_THAN_ANY : 0;
  // Seconds for which the timer is awaited.
  let still = 0;
  // Ticks until the hardware's timer holds nothing of a ring that was cut short.
  let held = 0;

  const start = (ring: Ring): Outcome | '' => {
    let on = 0;
    for (let i = 0; i < ring.pattern.length; i += 2) {
      const stroke = ring.pattern[i] as number;
      if (stroke > guard.stroke) return 'invalid';
      on += stroke;
    }
    if (heat + on * ring.times > guard.heat / 2) return 'hot';
    current = ring;
    next = played = 0;
    left = ring.times;
    step();
    return '';
  };

  /** The lock-out is over: whoever waited is next. Nobody, when a tick has done it before a late timer. */
  const unlock = () => {
    if (current) return;
    timer = still = 0;
    const ring = waiting.shift();
    if (!ring) return;
    const outcome = start(ring);
    if (!outcome) return;
    ended(ring, outcome, 0);
    unlock();
  };

  const finish = (outcome: Outcome) => {
    const ring = current as Ring;
    current = still = 0;
    relay.off();
    // The hardware's timer may still hold the end of a stroke that was cut short; a new one must not meet it.
    const settle = outcome === 'stopped' ? guard.stroke + SECOND_PATH : 1;
    // The first tick may come at once.
    if (settle > 1) held = 1 + Math.ceil(settle / 1000);
    timer = clock.after(unlock, Math.max(guard.rest, settle));
    ended(ring, outcome, played);
  };

  const step = () => {
    const ring = current;
    relay.off();
    // Espruino calls two timers that are due together one after the other, also when the first cancels the second.
    if (!ring) return;
    still = 0;
    if (next === ring.pattern.length) {
      if (!--left) return finish('rung');
      next = 0;
      timer = clock.after(step, Math.max(1, ring.gap - SECOND_PATH));
      return;
    }
    const ms = ring.pattern[next] as number;
    if (next++ & 1) {
      timer = clock.after(step, Math.max(1, ms - SECOND_PATH));
      return;
    }
    heat += ms;
    played += ms;
    relay.pulse(ms);
    timer = clock.after(step, ms + SECOND_PATH);
  };

  const silence = () => {
    if (!current) return;
    // It is missing when there was no memory for it.
    if (timer) clock.cancel(timer);
    finish('stopped');
  };

  const stop = () => {
    relay.off();
    silence();
    while (waiting.length) ended(waiting.shift() as Ring, 'stopped', 0);
  };

  /** How long the timer may run at the most, ms. */
  const longest = () => {
    if (!current) return guard.rest + guard.stroke;
    return next & 1 ? guard.stroke : LONGEST_REST;
  };

  return {
    ring: (ring) => {
      if (!timer && !current) return start(ring);
      if (guard.mode === RESTART) stop();
      else if (guard.mode !== QUEUE || waiting.length >= LONGEST_QUEUE) return current ? 'busy' : 'locked';
      waiting.push(ring);
      return '';
    },
    stop,
    tick: () => {
      if (held) held--;
      heat = Math.max(0, Math.min(heat, guard.heat / 2) - guard.heat / 2 / (guard.span + 1));
      if (!current) relay.off();
      if ((current || timer || waiting.length) && ++still * 1000 > longest() + 1000) {
        if (current) silence();
        else unlock();
      }
    },
    sounding: () => !!current || held > 0,
    rests: () => !current && !timer,
  };
}
