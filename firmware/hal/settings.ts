import { longestPassword } from '../core/config.ts';
import type { Settings } from '../core/config.ts';
import type { Store } from '../core/contracts.ts';
import { COPY_HEADER } from '../core/copy.ts';
import { FILE, FIRST_UNIT, SETTINGS_UNITS, UNIT } from '../core/layout.ts';
import { IMPORT, importSettings } from '../core/settings/import.ts';
import { loadSettings, textsAsBytes } from '../core/settings/load.ts';
import { readPart, unitOfParts } from '../core/settings/part.ts';
import type { Part } from '../core/settings/part.ts';
import { patchedPart, readPatch } from '../core/settings/patch.ts';
import { defaultId } from '../core/settings/public.ts';
import { saveSettings } from '../core/settings/save.ts';
import { createStore } from './store.ts';

const FIND = 0;
const LOAD = 1;
const PATCH = 2;
const TAKE = 3;
const CHANGE = 4;

type Parts = Record<string, unknown>;

/**
 * The unit of the copy that is read from, or less than 1. Looked for, with its checksum, when it could be another: at
 * the start, before and after each change, and when a part cannot be read.
 */
let unit = 0;

/** What needs the rules of all settings: to look at a patch, at a file, or at settings that are not stored as usual. */
function checked(job: number, text: string, store: Store): Parts | string {
  const limits = { strokeMs: BOARD.maxStrokeMs, password: longestPassword(BOARD.chip) };
  if (job === PATCH) return readPatch(text, limits);
  if (job === TAKE) return importSettings(text, limits) as Parts | string;
  const all = loadSettings(store, E.CRC32, limits);
  return (BOARD.chip === 'linux' ? textsAsBytes(all) : all) as Parts;
}

/**
 * What is rarely done with stored settings, behind one door, so that all that it takes is made when the door opens, and
 * none of it stays when it closes. What checks is gone before anything is stored, and of what is stored there is one
 * part in memory at a time: `partOf` reads it.
 */
function rarely(job: number, what: string | object, partOf: (name: Part) => unknown): unknown {
  const store = createStore();
  const before = unit;
  unit = unitOfParts(store, E.CRC32);
  if (job === LOAD) {
    return unit > 0 && unit !== before ? partOf(what as Part) : (checked(LOAD, '', store) as Parts)[what as string];
  }
  if (job === FIND) return '';
  const asked = job === CHANGE ? what : checked(job, what as string, store);
  if (typeof asked === 'string') return asked;
  const patch = job === TAKE ? {} : asked as Parts;
  const all = job === TAKE ? asked as Parts : unit < 1 && checked(LOAD, '', store) as Parts;
  const reason = saveSettings(store, E.CRC32, (name) => {
    return patchedPart(all ? all[name] : partOf(name as Part), patch[name]);
  }, JSON.stringify);
  unit = unitOfParts(store, E.CRC32);
  return reason;
}

/** One part of the stored settings, with an id. */
export function loadPart<Name extends Part>(name: Name): Settings[Name] {
  const start = FIRST_UNIT + unit * UNIT + COPY_HEADER;
  const length = SETTINGS_UNITS * UNIT - COPY_HEADER;
  let part = unit > 0 && readPart(require('Storage').read(FILE, start, length) as string, name);
  if (unit < 1 || part === undefined) part = rarely(LOAD, name, loadPart);
  else if (BOARD.chip === 'linux') part = textsAsBytes(part);
  return (name === 'id' && !part ? defaultId(getSerial()) : part) as Settings[Name];
}

/** Applies a patch from the network and stores the result. Gives '' or why not. Not while a stroke runs. */
export function patchSettings(text: string): string {
  return rarely(PATCH, text, loadPart) as string;
}

/**
 * Finds the stored settings, after taking over those that were put on the device over USB. Gives why these were not
 * taken, or '' when they were or there are none. Has to come before anything else here.
 */
export function takeSettings(): string {
  rarely(FIND, '', loadPart);
  const storage = require('Storage');
  const text = storage.read(IMPORT);
  if (!text) return '';
  const reason = rarely(TAKE, text, loadPart) as string;
  if (!reason) storage.erase(IMPORT);
  return reason;
}

/** The key for updates, '' for none. */
export function updateKey(): string {
  return loadPart('update').key;
}

/** Changes settings as a patch does, one that was checked already. Gives '' or why not. Not while a stroke runs. */
export function changeSettings(patch: object): string {
  return rarely(CHANGE, patch, loadPart) as string;
}
