import type { Settings } from '../core/config.ts';
import type { Store } from '../core/contracts.ts';
import { newestCopy } from '../core/copy.ts';
import { SETTINGS, SETTINGS_UNITS } from '../core/layout.ts';
import { defaultId } from '../core/settings/public.ts';

/**
 * The settings as they were stored: they were checked before, and to check them again is not worth its size here.
 * Of any version, unlike `trustedSettings`: images and their settings grow newer, and the loader stays.
 */
export function storedSettings(store: Store): Settings {
  const copy = newestCopy(store, E.CRC32, SETTINGS, SETTINGS_UNITS);
  const settings = JSON.parse(copy ? store.read(copy.start, copy.length) : '{"prefix":"bell","wifi":[],"mqtt":{}}');
  if (!settings.id) settings.id = defaultId(getSerial());
  return settings;
}
