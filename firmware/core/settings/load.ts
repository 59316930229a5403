import type { Crc } from '../bytes.ts';
import { NEWEST } from '../config.ts';
import type { Limits, Settings } from '../config.ts';
import type { Store } from '../contracts.ts';
import { newestCopy } from '../copy.ts';
import { SETTINGS, SETTINGS_UNITS } from '../layout.ts';
import { fill } from './fill.ts';
import type { Complain } from './fill.ts';
import { migrate } from './migrate.ts';

/**
 * Settings from JSON in which each byte above 126 of a text is written as `\u00xx`: whole ones,
 * with the default for what is missing or not allowed. `complain` hears of each value that is not.
 * Throws what `JSON.parse` throws.
 */
export function settingsFrom(json: string, limits: Limits, complain: Complain): Settings {
  return fill(migrate(JSON.parse(json)), limits, complain);
}

/**
 * The newest whole copy as it is, when it has today's shape; undefined otherwise. It was checked before it was stored,
 * and to check it again would take a chip a second and most of its stack. Never throws.
 */
export function trustedSettings(store: Store, crc: Crc): Settings | undefined {
  const copy = newestCopy(store, crc, SETTINGS, SETTINGS_UNITS);
  try {
    const settings = copy && JSON.parse(store.read(copy.start, copy.length));
    return settings && settings.version === NEWEST ? settings : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The settings as they are stored: the newest whole copy, or nothing but defaults. Never throws.
 * They cost some 150 variables, and one more for each 8 bytes of text: a device reads parts instead (`part.ts`).
 */
export function loadSettings(store: Store, crc: Crc, limits: Limits): Settings {
  const copy = newestCopy(store, crc, SETTINGS, SETTINGS_UNITS);
  try {
    return settingsFrom(copy ? store.read(copy.start, copy.length) : '{}', limits, () => {});
  } catch {
    return fill({}, limits, () => {});
  }
}

function asBytes(text: string): string {
  // Most are, and a long password should not be in memory twice.
  if (!/[^ -~]/.test(text)) return text;
  let bytes = '';
  for (let i = 0; i < text.length; i++) bytes += String.fromCharCode(text.charCodeAt(i));
  return bytes;
}

/** Makes the texts of a part strings of bytes where the interpreter makes code points of `\u` escapes: on Linux. */
export function textsAsBytes(part: unknown): unknown {
  if (typeof part === 'string') return asBytes(part);
  if (typeof part !== 'object' || part === null) return part;
  const members = part as Record<string, unknown>;
  for (const name in members) members[name] = textsAsBytes(members[name]);
  return part;
}
