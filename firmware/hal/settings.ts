import { longestPassword } from '../core/config.ts';
import type { Settings } from '../core/config.ts';
import type { Store } from '../core/contracts.ts';
import { IMPORT, importSettings } from '../core/settings/import.ts';
import { loadSettings as load, textsAsBytes, trustedSettings } from '../core/settings/load.ts';
import { applyPatch } from '../core/settings/patch.ts';
import { defaultId, withoutSecrets } from '../core/settings/public.ts';
import { saveSettings } from '../core/settings/save.ts';
import { createStore } from './store.ts';

const LOAD = 0;
const SHOW = 1;
const PATCH = 2;
const TAKE = 3;
const REKEY = 4;

function withKey(settings: Settings, key: string): { settings: Settings } {
  settings.update = { key };
  return { settings };
}

/** The settings with what `job` changes in them, or why not: all that it takes to check them is gone afterwards. */
function changed(
  job: number, text: string, store: Store, trusted: Settings | undefined,
): { settings: Settings } | string {
  const limits = { strokeMs: BOARD.maxStrokeMs, password: longestPassword(BOARD.chip) };
  if (job === TAKE) return importSettings(text, limits);
  const settings = trusted || load(store, E.CRC32, limits);
  if (job < PATCH) return { settings };
  if (BOARD.chip === 'linux') textsAsBytes(settings);
  return job === REKEY ? withKey(settings, text) : applyPatch(settings, text, limits);
}

/** What is rarely done with stored settings: to read what is not as it should be, and to store others. */
function rarely(job: number, text: string, store: Store, trusted: Settings | undefined): unknown {
  const found = changed(job, text, store, trusted);
  if (typeof found === 'string') return found;
  return job < PATCH ? found.settings : saveSettings(store, E.CRC32, found.settings, JSON.stringify);
}

/**
 * Everything about stored settings behind one door, so that all that it takes is made when the door opens, and none
 * of it stays when it closes.
 */
function stored(job: number, text: string): unknown {
  const store = createStore();
  const trusted = job === TAKE ? undefined : trustedSettings(store, E.CRC32);
  const found = trusted && job < PATCH ? trusted : rarely(job, text, store, trusted);
  if (job >= PATCH) return found;
  const settings = found as Settings;
  if (BOARD.chip === 'linux') textsAsBytes(settings);
  if (!settings.id) settings.id = defaultId(getSerial());
  return job === SHOW ? JSON.stringify(withoutSecrets(settings)) : settings;
}

/** The stored settings, with an id. See `core/settings/load.ts` for what they cost. */
export function loadSettings(): Settings {
  return stored(LOAD, '') as Settings;
}

/** The stored settings without the secrets, as JSON. */
export function showSettings(): string {
  return stored(SHOW, '') as string;
}

/** Applies a patch from the network and stores the result. Gives '' or why not. Not while a stroke runs. */
export function patchSettings(text: string): string {
  return stored(PATCH, text) as string;
}

/** Takes over the settings that were put on the device over USB. Gives why not, or '' when it did or there are none. */
export function takeSettings(): string {
  const storage = require('Storage');
  const text = storage.read(IMPORT);
  if (!text) return '';
  const reason = stored(TAKE, text) as string;
  if (!reason) storage.erase(IMPORT);
  return reason;
}

/** The key for updates, '' for none: also where an older image has stored the settings. */
export function updateKey(): string {
  const update = loadSettings().update;
  return update ? update.key : '';
}

/** Stores another key for updates. Gives '' or why not. Not while a stroke runs. */
export function changeKey(key: string): string {
  return stored(REKEY, key) as string;
}
