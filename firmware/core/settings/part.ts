import type { Crc } from '../bytes.ts';
import { NEWEST } from '../config.ts';
import type { Settings } from '../config.ts';
import type { Store } from '../contracts.ts';
import { newestCopy } from '../copy.ts';
import { SETTINGS, SETTINGS_UNITS } from '../layout.ts';

/**
 * One part of the settings by itself: a section, or a setting that is in none. A copy has each part on a line of its
 * own, and no line feed anywhere else, because JSON escapes it in texts. So nobody has to have all of them in memory.
 */
export type Part = Exclude<keyof Settings, 'version'>;

/** How a copy ends that has its parts on lines, and today's shape. */
export function lastLine(): string {
  return '\n"version":' + NEWEST + '}';
}

/**
 * Reads a part from the body of such a copy, which may have something behind it; undefined when it is not there, or is
 * damaged. Never throws.
 */
export function readPart(body: string, name: string): unknown {
  const line = '\n"' + name + '":';
  // From the front, because there is much behind the body. The interpreter also finds the beginning of a line at the
  // very end of a text, but what is behind the body is blank.
  const start = body.indexOf(line);
  if (start < 0) return undefined;
  const from = start + line.length;
  try {
    // A comma comes before the next line.
    return JSON.parse(body.substring(from, body.indexOf('\n', from) - 1));
  } catch {
    return undefined;
  }
}

/**
 * The unit in which the newest whole copy begins, when it is one that `readPart` can read; 0 when it is not, -1 when
 * there is none. What it says was checked before it was stored: to check it again would take a chip a second and most
 * of its stack.
 */
export function unitOfParts(store: Store, crc: Crc): number {
  const copy = newestCopy(store, crc, SETTINGS, SETTINGS_UNITS);
  if (!copy) return -1;
  const isUsual = store.read(copy.start, copy.length).lastIndexOf(lastLine()) > 0;
  return isUsual ? SETTINGS + copy.place * SETTINGS_UNITS : 0;
}
