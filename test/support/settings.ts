import type { Settings } from '../../firmware/core/config.ts';
import { newestCopy } from '../../firmware/core/copy.ts';
import { SETTINGS, SETTINGS_UNITS } from '../../firmware/core/layout.ts';
import { loadSettings, settingsFrom } from '../../firmware/core/settings/load.ts';
import type { Part } from '../../firmware/core/settings/part.ts';
import { patchedPart, readPatch } from '../../firmware/core/settings/patch.ts';
import { SHOWN, withoutSecrets } from '../../firmware/core/settings/public.ts';
import { saveSettings } from '../../firmware/core/settings/save.ts';
import { crc } from './crc.ts';
import type { FakeStore } from './fake-store.ts';

/** What the board of these tests allows: an ESP8266. */
export const limits = { strokeMs: 1500, password: 1024 };

/** Settings with every default, changed by `json`. */
export function settings(json = '{}'): Settings {
  return settingsFrom(json, limits, () => {});
}

/** `JSON.stringify` as Espruino has it: a byte above 126 is an escape. */
export function quote(value: unknown): string {
  return JSON.stringify(value).replace(/[\x7f-\xff]/g, (byte) => '\\u00' + byte.charCodeAt(0).toString(16));
}

export const save = (store: FakeStore, changed: Settings) => {
  return saveSettings(store, crc, (name) => changed[name as Part], quote);
};
export const load = (store: FakeStore) => loadSettings(store, crc, limits);

/** The newest body in a store, as text. */
export function body(store: FakeStore): string {
  const copy = newestCopy(store, crc, SETTINGS, SETTINGS_UNITS);
  return copy ? store.read(copy.start, copy.length) : '';
}

/** Patches settings as a device does. Gives '' or why nothing has changed. */
export function change(before: Settings, text: string): string {
  const patch = readPatch(text, limits);
  if (typeof patch === 'string') return patch;
  const parts = before as unknown as Record<string, unknown>;
  for (const name in patch) parts[name] = patchedPart(parts[name], patch[name]);
  return '';
}

/** What a device shows of its settings. Changes them. */
export function shown(all: Settings): Record<string, unknown> {
  return Object.fromEntries(SHOWN.split(',').map((name) => [name, withoutSecrets(name, all[name as Part])]));
}
