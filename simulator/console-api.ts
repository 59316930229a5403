import { hide } from './context.ts';
import type { Interpreter } from './interpreter.ts';

/** print and console: a line each, values as Espruino shows them. */
export function installConsole(interpreter: Interpreter): void {
  const print = interpreter.native((...values: unknown[]) => {
    interpreter.host.print(values.map((value) => show(value)).join(' '));
  });
  const { global } = interpreter;
  hide(global, 'print', print);
  const silent = interpreter.native(() => undefined);
  hide(global, 'console', interpreter.object({ log: print, warn: print, error: print, info: print, debug: print }));
  hide(global, 'trace', silent);
  hide(global, 'echo', silent);
  hide(global, 'btoa', interpreter.native((text: string) => Buffer.from(String(text), 'latin1').toString('base64')));
  hide(global, 'atob', interpreter.native((text: string) => Buffer.from(String(text), 'base64').toString('latin1')));
}

/** A value in the form that `print` gives it. */
export function show(value: unknown, depth = 0): string {
  if (typeof value === 'string') return depth ? JSON.stringify(value) : value;
  if (typeof value === 'number') return showNumber(value);
  if (typeof value === 'function') return 'function (...) {...}';
  if (value === null || typeof value !== 'object') return String(value);
  if (value instanceof Error || Object.prototype.toString.call(value) === '[object Error]') return String(value);
  if (ArrayBuffer.isView(value)) {
    return `new ${Object.prototype.toString.call(value).slice(8, -1)}([${[...(value as Uint8Array)].join(', ')}])`;
  }
  if (depth > 4) return '...';
  if (Array.isArray(value)) return `[ ${value.map((item) => show(item, depth + 1)).join(', ')} ]`;
  const members = Object.entries(value).map(([name, item]) => `"${name}": ${show(item, depth + 1)}`);
  return `{ ${members.join(', ')} }`;
}

function showNumber(value: number): string {
  return Number.isInteger(value) || !Number.isFinite(value) ? String(value) : String(Number(value.toPrecision(15)));
}
