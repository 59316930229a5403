import { NEWEST, rules } from '../config.ts';
import type { Limits, Settings } from '../config.ts';
import { fits, isObject } from './check.ts';

/** The value that something parsed from JSON has for a setting; undefined when it has none. */
export function given(source: unknown, section: string, name: string): unknown {
  const from = section && isObject(source) ? source[section] : source;
  return isObject(from) ? from[name] : undefined;
}

/** Gives a setting its value, whatever its section was before. */
export function put(target: Record<string, unknown>, section: string, name: string, value: unknown): void {
  let place = target;
  if (section) {
    if (!isObject(target[section])) target[section] = {};
    place = target[section] as Record<string, unknown>;
  }
  place[name] = value;
}

/** `ring.ttl` and the like, for people. */
export function pathOf(section: string, name: string): string {
  return section ? section + '.' + name : name;
}

/** Hears of a value that is not allowed: path, kind, least and most. */
export type Complain = (path: string, kind: number, min: number, max: number) => void;

/**
 * Makes whole settings of anything that was parsed: a value that is not allowed gives way to the
 * default, and `complain` hears of it. `source` itself is filled, because memory for two is dear;
 * fields that nobody knows stay, and are not stored again.
 */
export function fill(source: unknown, limits: Limits, complain: Complain): Settings {
  const settings = isObject(source) ? source : {};
  settings.version = NEWEST;
  rules((section, name, kind, byDefault, min, max) => {
    const value = given(settings, section, name);
    // Most are as they came, and a look at them costs less than a check.
    if (value === byDefault || fits(kind, value, min, max)) return;
    if (value !== undefined) complain(pathOf(section, name), kind, min, max);
    put(settings, section, name, byDefault);
  }, limits);
  return settings as unknown as Settings;
}
