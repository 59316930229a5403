import {
  DURING, FLAG, HOST, INT, LONGEST_PATTERN, NAME, NAMES, NETWORKS, PATTERN, PATTERNS, TEXT, TOPIC,
} from '../config.ts';
import type { Network } from '../config.ts';

const NAME_CHARACTERS = 'abcdefghijklmnopqrstuvwxyz0123456789-';

/** Whether `value` is a text of `min` to `max` bytes and, unless `characters` is '', of these alone. */
function isText(value: unknown, min: number, max: number, characters: string): boolean {
  if (typeof value !== 'string' || value.length < min || value.length > max) return false;
  for (let i = 0; characters && i < value.length; i++) {
    if (characters.indexOf(value.charAt(i)) < 0) return false;
  }
  return true;
}

/** Whether `value` is a list of at most `max` things that pass `test`. */
function isList(value: unknown, max: number, test: (entry: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length <= max && value.every(test);
}

/** Whether `value` came from `{…}` in JSON. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isName(value: unknown): boolean {
  return isText(value, 1, 32, NAME_CHARACTERS);
}

/**
 * A name, or numbers with commas between them when it begins with a digit, as in a ring. What the
 * numbers may be, the guard decides at each ring.
 */
function isPattern(value: unknown, min: number, max: number): boolean {
  if (!isText(value, min, max, '') || !value) return value === '' && !min;
  const digits = '0123456789';
  if (digits.indexOf((value as string).charAt(0)) < 0) return isName(value);
  return isText(value, min, max, digits + ',') && (value + ',').lastIndexOf(',,') < 0;
}

function isNetwork(value: unknown): boolean {
  if (!isObject(value) || !isText((value as unknown as Network).ssid, 1, 31, '')) return false;
  const password = (value as unknown as Network).password;
  return password === undefined || password === '' || isText(password, 8, 63, '');
}

function arePatterns(value: unknown, max: number): boolean {
  if (!isObject(value)) return false;
  let count = 0;
  for (const name in value) {
    count++;
    if (!isName(name) || !isPattern(value[name], 1, LONGEST_PATTERN)) return false;
  }
  return count <= max;
}

/** What a value of this kind may be, in words that follow "must be". */
export function allowed(kind: number, min: number, max: number): string {
  switch (kind) {
    case FLAG: return 'true or false';
    case INT: return 'a whole number from ' + min + ' to ' + max;
    case TEXT: return 'a text of ' + min + ' to ' + max + ' bytes';
    case NAME: return 'a name: ' + min + ' to ' + max + ' of a-z, 0-9 and -';
    case NAMES: return 'a list of at most ' + max + ' names: each 1 to 32 of a-z, 0-9 and -';
    case TOPIC: return min + ' to ' + max + ' of a-z, A-Z, 0-9, _, - and /';
    case HOST: return 'the name or address of a host, without port or protocol';
    case PATTERN: return 'milliseconds with commas between them (on, off, on), or the name of a pattern';
    case PATTERNS: return 'at most ' + max + ' patterns by name, such as {"door": "100,100,100"}';
    case NETWORKS:
      return 'a list of at most ' + max + ' networks: {"ssid": 1 to 31 bytes, "password": none, or 8 to 63}';
    default: return '"refuse", "queue" or "restart"';
  }
}

/** Whether `value`, which may be anything at all, is one that a setting of this kind can have. */
export function fits(kind: number, value: unknown, min: number, max: number): boolean {
  switch (kind) {
    case FLAG: return value === true || value === false;
    case INT: return typeof value === 'number' && value >= min && value <= max && Math.floor(value) === value;
    case TEXT: return isText(value, min, max, '');
    case NAME: return isText(value, min, max, NAME_CHARACTERS);
    case NAMES: return isList(value, max, isName);
    case TOPIC: return isText(value, min, max, NAME_CHARACTERS + 'ABCDEFGHIJKLMNOPQRSTUVWXYZ_/');
    case HOST: return isText(value, min, max, NAME_CHARACTERS + 'ABCDEFGHIJKLMNOPQRSTUVWXYZ._:');
    case PATTERN: return isPattern(value, min, max);
    case PATTERNS: return arePatterns(value, max);
    case NETWORKS: return isList(value, max, isNetwork);
    case DURING: return value === 'refuse' || value === 'queue' || value === 'restart';
    default: return false;
  }
}
