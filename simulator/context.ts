import vm from 'node:vm';
import { GLOBALS, MISSING } from './builtins.ts';

/** The built-in objects of a board's context: values handed to board code must be made from these. */
export interface Intrinsics {
  readonly Object: ObjectConstructor;
  readonly Array: ArrayConstructor;
  readonly String: StringConstructor;
  readonly Function: FunctionConstructor;
  readonly Error: ErrorConstructor;
  readonly Uint8Array: Uint8ArrayConstructor;
  readonly Date: DateConstructor;
  readonly Math: Math;
  readonly JSON: JSON;
}

/** A context with nothing in it that Espruino lacks, as far as V8 lets us take things away. */
export interface BoardContext {
  readonly context: vm.Context;
  readonly global: Record<string, unknown>;
  readonly js: Intrinsics;
  /** The kinds of exceptions by name. */
  readonly errors: Readonly<Record<string, ErrorConstructor>>;
}

export function createContext(): BoardContext {
  const context = vm.createContext({});
  const global = vm.runInContext('this', context) as Record<string, unknown>;
  const kinds = 'Object, Array, String, Function, Error, Uint8Array, Date, Math, JSON';
  const js = vm.runInContext(`({${kinds}})`, context) as Intrinsics;
  for (const [path, names] of Object.entries(MISSING)) {
    const owner = vm.runInContext(path, context) as object;
    for (const name of names) Reflect.deleteProperty(owner, name);
  }
  for (const name of Object.getOwnPropertyNames(global)) {
    if (!GLOBALS.includes(name)) Reflect.deleteProperty(global, name);
  }
  hide(global, 'global', global);
  const errors = plainErrors(context);
  return { context, global, js, errors };
}

/** Espruino's exceptions: unrelated to each other, without a name, but with their kind in their text. */
function plainErrors(context: vm.Context): Record<string, ErrorConstructor> {
  const errors = vm.runInContext(`(function () {
    var InternalError = function InternalError(message) { this.message = message; this.stack = ''; };
    this.InternalError = InternalError;
    return { Error: Error, TypeError: TypeError, SyntaxError: SyntaxError, ReferenceError: ReferenceError,
      InternalError: InternalError };
  })()`, context) as Record<string, ErrorConstructor>;
  const base = vm.runInContext('Object.prototype', context) as object;
  for (const [kind, { prototype }] of Object.entries(errors)) {
    Reflect.deleteProperty(prototype, 'name');
    Object.setPrototypeOf(prototype, base);
    hide(prototype, 'toString', function (this: Error) { return this.message ? `${kind}: ${this.message}` : kind; });
  }
  return errors;
}

/** Makes what is built in stay: Espruino makes it anew when it is named, so that to delete it changes nothing. */
export function fasten(global: object): void {
  for (const name of Object.getOwnPropertyNames(global)) {
    const own = Object.getOwnPropertyDescriptor(global, name);
    Object.defineProperty(global, name, { ...own, configurable: false });
  }
}

/** Defines what `for…in` and `Object.keys` don't show. */
export function hide(owner: object, name: PropertyKey, value: unknown): void {
  Object.defineProperty(owner, name, { value, enumerable: false, writable: true, configurable: true });
}
