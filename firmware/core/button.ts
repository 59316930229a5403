/**
 * The ring that a press of the button of device `id` asks for, of its own bell and of others: `pattern` or, without
 * one, the usual one of each; worth ringing for `ttl` s. `now` is Unix time, s, or 0 while the
 * clock is not set; `chance` is a random number from 0 to 1 (1 excluded).
 */
export function ringByHand(
  id: string, pattern: string, ttl: number, now: number, chance: number,
): { [key: string]: unknown } {
  const ring: { [key: string]: unknown } = {
    id: id + '-' + Math.floor(chance * 1e9),
    ttl,
  };
  if (pattern) ring.pattern = pattern;
  if (now) ring.at = now;
  return ring;
}
