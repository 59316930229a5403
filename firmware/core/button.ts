import type { Settings } from './config.ts';

/**
 * The ring that a press of the button asks for, of its own bell and of others. `now` is Unix time, s, or 0 while the
 * clock is not set; `chance` is a random number from 0 to 1 (1 excluded).
 */
export function ringByHand(settings: Settings, now: number, chance: number): { [key: string]: unknown } {
  const ring: { [key: string]: unknown } = {
    id: settings.id + '-' + Math.floor(chance * 1e9),
    ttl: settings.ring.ttl,
  };
  if (settings.button.pattern) ring.pattern = settings.button.pattern;
  if (now) ring.at = now;
  return ring;
}
