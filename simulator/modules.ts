import { hide } from './context.ts';
import type { Interpreter } from './interpreter.ts';
import { readText } from './storage-api.ts';
import type { Storage } from './storage.ts';

/** require and Modules: the cache first, then what is built in, then Storage. */
export function installModules(
  interpreter: Interpreter, storage: Storage, builtIn: Readonly<Record<string, () => Record<string, unknown>>>,
): void {
  const cache = new Map<string, unknown>();
  const load = (name: string, code: string): unknown => {
    const exports = interpreter.object();
    const module = interpreter.object({ exports });
    const body = new interpreter.js.Function('exports', 'module', code);
    Reflect.apply(body, exports, [exports, module]);
    return module.exports;
  };
  const find = (name: string): unknown => {
    const native = builtIn[name];
    if (native) return native();
    const code = readText(storage, name);
    if (code === undefined) throw interpreter.error(`Module "${name}" not found`);
    return load(name, code);
  };
  const require = interpreter.native((name: string) => {
    if (!cache.has(name)) cache.set(name, find(name));
    return cache.get(name);
  });
  hide(interpreter.global, 'require', require);
  hide(interpreter.global, 'Modules', interpreter.object({
    getCached: () => interpreter.array([...cache.keys()]),
    removeCached: (name: string) => { cache.delete(name); },
    removeAllCached: () => { cache.clear(); },
    addCached: (name: string, code: unknown) => {
      cache.set(name, typeof code === 'string' ? load(name, code) : runModule(interpreter, code));
    },
  }));
}

function runModule(interpreter: Interpreter, body: unknown): unknown {
  const exports = interpreter.object();
  interpreter.global['exports'] = exports;
  Reflect.apply(body as () => void, exports, [exports]);
  Reflect.deleteProperty(interpreter.global, 'exports');
  return exports;
}
