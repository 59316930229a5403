import { hide } from './context.ts';
import type { Intrinsics } from './context.ts';

type Method = (this: string, ...args: unknown[]) => unknown;

/** What a text may grow to before there would be no memory for it. */
const MOST = 1_000_000;

/**
 * Espruino's `indexOf`: a text that is only begun where the other one ends counts as found, and an empty one is found
 * in front of a character only. A place to begin at is a number; anything else is none.
 */
function find(text: string, wanted: string, from?: unknown): number {
  const room = text.length - wanted.length + 1;
  for (let at = Math.min(placeFrom(from) ?? 0, room); at < text.length && room > 0; at++) {
    if (wanted.startsWith(text.slice(at, at + wanted.length))) return at;
  }
  return -1;
}

/** A place to begin at, or undefined. */
function placeFrom(from: unknown): number | undefined {
  if (typeof from !== 'number' && typeof from !== 'boolean' && from !== null) return undefined;
  const place = Number(from);
  return Number.isFinite(place) ? Math.max(0, Math.trunc(place)) : 0;
}

/** Puts Espruino's search into the methods of a context's strings that use it. */
export function installStrings({ Array, String: { prototype } }: Intrinsics): void {
  const { lastIndexOf, replace, replaceAll, match } = prototype as unknown as Record<string, Method>;
  const define = (name: string, body: (text: string, wanted: unknown, more: unknown) => unknown): void => {
    hide(prototype, name, function (this: unknown, wanted: unknown, more: unknown) {
      return body(String(this), wanted, more);
    });
  };
  define('indexOf', (text, wanted, from) => find(text, String(wanted), from));
  define('includes', (text, wanted, from) => find(text, String(wanted), from) >= 0);
  define('lastIndexOf', (text, wanted, from) => lastIndexOf!.call(text, wanted, placeFrom(from)));
  define('replace', (text, wanted, by) =>
    isPattern(wanted) ? replace!.call(text, wanted, by) : replaced(text, String(wanted), String(by), false));
  define('replaceAll', (text, wanted, by) =>
    isPattern(wanted) ? replaceAll!.call(text, wanted, by) : replaced(text, String(wanted), String(by), true));
  define('match', (text, wanted) =>
    isPattern(wanted) ? match!.call(text, wanted) : matched(text, String(wanted), Array));
}

function isPattern(wanted: unknown): boolean {
  return Object.prototype.toString.call(wanted) === '[object RegExp]';
}

/** Every text that is put in is text, and has no `$1`. */
function replaced(text: string, wanted: string, by: string, all: boolean): string {
  let result = text;
  for (let at = find(text, wanted); at >= 0; at = all ? find(result, wanted, at + by.length) : -1) {
    result = result.slice(0, at) + by + result.slice(at + wanted.length);
    if (result.length > MOST) throw new Error('out of memory');
  }
  return result;
}

function matched(text: string, wanted: string, List: ArrayConstructor): unknown {
  const index = find(text, wanted);
  if (index < 0) return null;
  return Object.assign(new List(), { 0: wanted, index, input: wanted });
}
