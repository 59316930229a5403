/** Longest wait between two attempts, s. */
const LONGEST = 60;

/**
 * Seconds to wait before the next attempt, after `failures` attempts that came to nothing or did not last.
 *
 * Full jitter over a range that begins at 1 s; its end doubles from 2 s to 60 s. So bells that lost the same broker at
 * the same moment do not come back at the same moment, not even at their first attempt. `chance` is a random number
 * from 0 to 1 (1 excluded). A broker that has refused us (`refused`) will do so again until somebody changes something,
 * and may lock us out for asking too often: half a minute at the least.
 */
export function secondsToWait(failures: number, refused: boolean, chance: number): number {
  if (refused) return 30 + Math.floor(chance * LONGEST);
  return 1 + Math.floor(chance * Math.min(LONGEST, Math.pow(2, failures + 1)));
}
