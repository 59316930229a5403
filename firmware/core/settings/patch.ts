import { REMOTE, rules } from '../config.ts';
import type { Limits } from '../config.ts';
import { allowed, fits, isObject } from './check.ts';
import { given, pathOf } from './fill.ts';

/** Objects and lists that a patch may open: more would only be there to overflow a small stack. */
const MOST_OPENINGS = 12;

/** Commas that a patch may have outside of texts. All settings together have 45; what each value takes adds up. */
const MOST_COMMAS = 60;

/** Whether JSON opens more than `most` objects and lists. Ask before parsing what came from outside. */
export function isDeep(json: string, most: number): boolean {
  let count = 0;
  for (let at = json.indexOf('['); at >= 0; at = json.indexOf('[', at + 1)) if (++count > most) return true;
  for (let at = json.indexOf('{'); at >= 0; at = json.indexOf('{', at + 1)) if (++count > most) return true;
  return false;
}

/** Whether JSON has more than `most` commas outside of texts. Ask before parsing what came from outside, too. */
export function isLong(json: string, most: number): boolean {
  // The interpreter reads more than JSON. Where something could hide the end of a text, commas in texts count as well.
  const isPlain = json.indexOf('\\') < 0 && json.indexOf('\'') < 0 && json.indexOf('`') < 0 && json.indexOf('/') < 0;
  let count = 0;
  for (let from = 0; from >= 0;) {
    const text = isPlain ? json.indexOf('"', from) : -1;
    for (let at = json.indexOf(',', from); at >= 0 && (text < 0 || at < text); at = json.indexOf(',', at + 1)) {
      if (++count > most) return true;
    }
    const end = text < 0 ? -1 : json.indexOf('"', text + 1);
    from = end < 0 ? -1 : end + 1;
  }
  return false;
}

function parse(json: string): unknown {
  try {
    return isDeep(json, MOST_OPENINGS) ? undefined : JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** The first field of a patch that is not among `known`, a list of paths each between bars; '' when all are. */
function stranger(patch: Record<string, unknown>, inside: string, known: string): string {
  for (const name in patch) {
    const path = pathOf(inside, name);
    const value = patch[name];
    let found = known.lastIndexOf('|' + path + '|') < 0 || path.indexOf('|') >= 0 ? path : '';
    if (!inside && isObject(value) && known.lastIndexOf('|' + path + '.') >= 0) found = stranger(value, name, known);
    if (found) return found.substr(0, 40);
  }
  return '';
}

/** Why a patch is refused, or ''. Never says a value: it could be a secret in the wrong place. */
function refusal(patch: Record<string, unknown>, limits: Limits): string {
  let known = '|';
  let reason = '';
  rules((section, name, kind, _byDefault, min, max, flags) => {
    const path = pathOf(section, name);
    const value = given(patch, section, name);
    known += path + '|';
    if (value === undefined || reason) return;
    if (!(flags & REMOTE)) reason = path + ' cannot be changed remotely';
    else if (!fits(kind, value, min, max)) reason = path + ' must be ' + allowed(kind, min, max);
  }, limits);
  const unknown = reason ? '' : stranger(patch, '', known);
  return unknown ? 'there is no setting ' + unknown : reason;
}

/**
 * Reads a message to `set`: a JSON object with those settings that are to change, in the shape of `bell.json`. Gives
 * the object, or the reason why nothing may be changed. Never throws, whatever arrives.
 */
export function readPatch(text: string, limits: Limits): Record<string, unknown> | string {
  if (isLong(text, MOST_COMMAS)) return 'a patch has at most ' + MOST_COMMAS + ' commas outside of texts: send several';
  const patch = parse(text);
  if (!isObject(patch)) return 'a patch is a JSON object, such as {"muted": true}';
  return refusal(patch, limits) || patch;
}

/** A part of the settings (`part.ts`) as a patch of `readPatch` wants it; lists and patterns are replaced whole. */
export function patchedPart(part: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch === undefined ? part : patch;
  const section = isObject(part) ? part : {};
  for (const name in patch) section[name] = patch[name];
  return section;
}
