import { int16, readInt16 } from '../mqtt/packet.ts';

/** How many rings are remembered. */
const MOST = 16;

/** Bytes of one: four of the number that it is known by, two of the second in which it was here. */
const SIZE = 6;

/** An age, s, beyond which none is told from a lower one. */
export const EVER = 65535;

/** The last rings. */
export interface Recent {
  /**
   * Notes a ring by a number of 32 bits, in this `second` since the start, and says whether one with that number was
   * here before: no less than `least` and no more than `most` seconds ago. One that is known so is the same ring, and
   * is noted once.
   */
  note(hash: number, second: number, least: number, most: number): boolean;
}

/**
 * Remembers the last rings. One string of bytes holds them all: the cheapest list that Espruino has. Two different
 * rings are mistaken for one once in 270 million.
 */
export function createRecent(): Recent {
  let seen = '';

  return {
    note: (hash, second, least, most) => {
      const key = int16(hash >>> 16) + int16(hash & 65535);
      let at = seen.length;
      for (let i = 0; i < at; i += SIZE) {
        const age = (second - readInt16(seen, i + 4)) & EVER;
        if (seen.substr(i, 4) === key && age >= least && age <= most) at = i;
      }
      const known = at < seen.length;
      seen = (key + int16(second & EVER) + seen.substr(0, at) + seen.substr(at + SIZE)).substr(0, MOST * SIZE);
      return known;
    },
  };
}
