/** How many rings are remembered. */
const MOST = 16;

/**
 * Remembers the last rings by a number of 32 bits each.
 *
 * Gives a function that says whether `hash` was there before, and notes it. One string of bytes holds them all: the
 * cheapest list that Espruino has. Two different rings are mistaken for one once in 270 million.
 */
export function createRecent(): (hash: number) => boolean {
  let seen = '';
  return (hash) => {
    const key = String.fromCharCode(hash >>> 24, (hash >> 16) & 255, (hash >> 8) & 255, hash & 255);
    for (let i = 0; i < seen.length; i += 4) if (seen.substr(i, 4) === key) return true;
    seen = key + seen.substr(0, 4 * (MOST - 1));
    return false;
  };
}
