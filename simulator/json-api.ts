import type { Interpreter } from './interpreter.ts';
import { JsonError, parseJson } from './json-parser.ts';

/** Espruino's JSON for one interpreter. */
export interface Json {
  parse(text: unknown, bareKeys?: boolean): unknown;
  stringify(value: unknown): string;
}

/** Puts Espruino's JSON in the place of V8's. */
export function installJson(interpreter: Interpreter): Json {
  const makers = { object: () => interpreter.object(), array: () => interpreter.array([]) };
  const parse = (text: unknown, bareKeys = false): unknown => {
    try {
      return parseJson(String(text), makers, bareKeys);
    } catch (error) {
      throw error instanceof JsonError ? interpreter.error(error.message, 'SyntaxError') : error;
    }
  };
  const { JSON } = interpreter.js;
  JSON.parse = interpreter.native((text: unknown) => parse(text));
  JSON.stringify = interpreter.native((value: unknown, _replacer?: unknown, space?: number) =>
    (space ? globalThis.JSON.stringify(value, null, space) : stringify(value))) as typeof JSON.stringify;
  return { parse, stringify };
}

/** Text of a value: functions and undefined members are left out, all but ASCII is escaped a byte at a time. */
export function stringify(value: unknown, above: readonly unknown[] = []): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(Number(value.toPrecision(15))) : 'null';
  if (typeof value === 'function') return 'undefined';
  if (typeof value !== 'object') return String(value);
  if (above.includes(value)) return '...';
  const inside = [...above, value];
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON === 'function') return stringify(Reflect.apply(toJSON, value, []), inside);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return `[${Array.from(value as ArrayLike<unknown>, (item) => stringify(item, inside)).join(',')}]`;
  }
  const members = Object.entries(value).filter(([, item]) => item !== undefined && typeof item !== 'function');
  return `{${members.map(([name, item]) => `${quote(name)}:${stringify(item, inside)}`).join(',')}}`;
}

function quote(text: string): string {
  return JSON.stringify(text).replace(/[\x7F-\uFFFF]/g, (char) => {
    return `\\u${(char.charCodeAt(0) & 0xFF).toString(16).toUpperCase().padStart(4, '0')}`;
  });
}
