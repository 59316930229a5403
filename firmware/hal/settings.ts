import { longestPassword } from '../core/config.ts';
import type { Limits, Settings } from '../core/config.ts';
import { IMPORT, importSettings } from '../core/settings/import.ts';
import { loadSettings as load } from '../core/settings/load.ts';
import { applyPatch } from '../core/settings/patch.ts';
import { defaultId } from '../core/settings/public.ts';
import { saveSettings } from '../core/settings/save.ts';
import { createStore } from './store.ts';

function limits(): Limits {
  return { strokeMs: BOARD.maxStrokeMs, password: longestPassword(BOARD.chip) };
}

/** The stored settings, with an id. See `core/settings/load.ts` for what they cost. */
export function loadSettings(): Settings {
  const settings = load(createStore(), E.CRC32, limits());
  if (!settings.id) settings.id = defaultId(getSerial());
  return settings;
}

/** Applies a patch from the network and stores the result. Gives '' or why not. Not while a stroke runs. */
export function patchSettings(text: string): string {
  const store = createStore();
  const patched = applyPatch(load(store, E.CRC32, limits()), text, limits());
  return typeof patched === 'string' ? patched : saveSettings(store, E.CRC32, patched.settings, JSON.stringify);
}

/** Takes over the settings that were put on the device over USB. Gives why not, or '' when it did or there are none. */
export function takeSettings(): string {
  const storage = require('Storage');
  const text = storage.read(IMPORT);
  if (!text) return '';
  const reason = importSettings(createStore(), E.CRC32, text, limits());
  if (!reason) storage.erase(IMPORT);
  return reason;
}
