import { longestPassword } from '../core/config.ts';
import type { Settings } from '../core/config.ts';
import type { Store } from '../core/contracts.ts';
import { IMPORT, importSettings } from '../core/settings/import.ts';
import { loadSettings as load, textsAsBytes, trustedSettings } from '../core/settings/load.ts';
import { applyPatch, readPatch } from '../core/settings/patch.ts';
import { defaultId, withoutSecrets } from '../core/settings/public.ts';
import { saveSettings } from '../core/settings/save.ts';
import { createStore } from './store.ts';

const LOAD = 0;
const SHOW = 1;
const PATCH = 2;
const TAKE = 3;
const REKEY = 4;

/** What needs the rules of all settings: to look at a patch, a file, or stored settings that are not as usual. */
function checked(job: number, text: string, store: Store): object | string {
  const limits = { strokeMs: BOARD.maxStrokeMs, password: longestPassword(BOARD.chip) };
  if (job === TAKE) return importSettings(text, limits);
  return job === PATCH ? readPatch(text, limits) : load(store, E.CRC32, limits);
}

/**
 * What is rarely done with stored settings: to read them although they are not as usual, and to store others. What
 * checks is gone before the settings are read, and they are there once.
 */
function rarely(job: number, text: string, store: Store): unknown {
  const asked = job === REKEY ? { update: { key: text } } : checked(job, text, store);
  if (job < PATCH || typeof asked === 'string') return asked;
  let settings = asked as Settings;
  if (job !== TAKE) {
    settings = trustedSettings(store, E.CRC32) || (checked(LOAD, '', store) as Settings);
    if (BOARD.chip === 'linux') textsAsBytes(settings);
    applyPatch(settings, asked as Record<string, unknown>);
  }
  return saveSettings(store, E.CRC32, settings, JSON.stringify);
}

/**
 * Everything about stored settings behind one door, so that all that it takes is made when the door opens, and none
 * of it stays when it closes.
 */
function stored(job: number, text: string): unknown {
  const store = createStore();
  const trusted = job < PATCH && trustedSettings(store, E.CRC32);
  const found = trusted || rarely(job, text, store);
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

/** Takes over settings that were put on the device over USB. Gives why not, or '' when it did or there are none. */
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
