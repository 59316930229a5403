import { NEWEST } from '../config.ts';
import type { Limits, Settings } from '../config.ts';
import { allowed } from './check.ts';
import { mostBody } from '../copy.ts';
import { SETTINGS_UNITS } from '../layout.ts';
import { settingsFrom } from './load.ts';
import { isDeep } from './patch.ts';

/** Name of the file in Storage that hands settings over when a device is provisioned over USB. */
export const IMPORT = 'bell.json';

/** Objects and lists in settings that use everything: twice as many as there can be. */
const MOST_OPENINGS = 40;

/**
 * The settings that a file brings, whole ones, or the reason why they are not taken, without any value. Never throws.
 */
export function importSettings(text: string, limits: Limits): Settings | string {
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
  return settings.mqtt.host ? settings : 'bell.json: mqtt.host is missing';
}
