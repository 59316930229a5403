import { NEWEST } from '../config.ts';
import type { Limits } from '../config.ts';
import type { Crc } from '../bytes.ts';
import type { Store } from '../contracts.ts';
import { allowed } from './check.ts';
import { mostBody } from '../copy.ts';
import { SETTINGS_UNITS } from '../layout.ts';
import { settingsFrom } from './load.ts';
import { isDeep } from './patch.ts';
import { saveSettings } from './save.ts';

/** Name of the file in Storage that hands settings over when a device is provisioned over USB. */
export const IMPORT = 'bell.json';

/** Objects and lists in settings that use everything: twice as many as there can be. */
const MOST_OPENINGS = 40;

/**
 * Stores the settings that a file brings. Gives '' when they are stored and read back, and the file
 * may go; otherwise the reason, without any value, and the settings are those of before.
 */
export function importSettings(store: Store, crc: Crc, text: string, limits: Limits): string {
  if (text.length > mostBody(SETTINGS_UNITS) || isDeep(text, MOST_OPENINGS)) return 'bell.json is too long';
  let reason = '';
  let settings;
  try {
    if (JSON.parse(text).version > NEWEST) return 'bell.json was made for a newer firmware';
    settings = settingsFrom(text, limits, (path, kind, min, max) => {
      reason = reason || path + ' must be ' + allowed(kind, min, max);
    });
  } catch {
    return 'bell.json is not JSON';
  }
  if (reason) return 'bell.json: ' + reason;
  return settings.mqtt.host ? saveSettings(store, crc, settings, JSON.stringify) : 'bell.json: mqtt.host is missing';
}
