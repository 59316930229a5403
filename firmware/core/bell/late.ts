import { UNKNOWN_AGE } from '../mqtt/owner.ts';
import type { Ring } from './ring.ts';

/** An age that stands for "this moment, here": the device's own button has asked for it. */
export const BY_HAND = -1;

/** Why `ring.needsAt` refuses a ring that does not say when it was sent, and any ring while there is no clock. */
export const NO_AT = 'ring.needsAt asks for at: Unix time in s';
export const NO_CLOCK = 'ring.needsAt asks for a clock: time.server has not set it';

/** How far a sender's clock may be ahead of ours, s. */
const SKEW = 5;

/**
 * Whether a ring is, or may be, too old to be rung.
 *
 * `waited` is the length of the outage, s, when the message has been waiting in a stored session, and 0 when it came
 * straight from its sender; `now` is Unix time, or 0 while the clock is not set; `ttl` is the bell's own limit, s.
 * After a start (`waited` of UNKNOWN_AGE) nobody knows what was rung before, so that nothing that waited is rung.
 */
export function isStale(ring: Ring, waited: number, now: number, ttl: number): boolean {
  const limit = ring.ttl || ttl;
  if (waited >= UNKNOWN_AGE) return true;
  if (!ring.at || !now) return waited > limit;
  const age = now - ring.at;
  return age > limit || age < -SKEW;
}
