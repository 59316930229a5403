import { hide } from './context.ts';
import { detokenise } from './detokenise.ts';
import type { Interpreter } from './interpreter.ts';
import { readText } from './storage-api.ts';
import type { Storage } from './storage.ts';

export type BuiltIn = Readonly<Record<string, () => Record<string, unknown>>>;

/** require and Modules: what was asked for before comes first, then what is built in, then Storage. */
export class Modules {
  private readonly cache = new Map<string, unknown>();

  constructor(
    private readonly interpreter: Interpreter,
    private readonly storage: Storage,
    private readonly builtIn: BuiltIn,
  ) {
    hide(interpreter.global, 'require', interpreter.native((name: string) => this.require(name)));
    hide(interpreter.global, 'Modules', interpreter.object({
      getCached: () => interpreter.array([...this.cache.keys()]),
      removeCached: (name: string) => {
        if (!this.cache.delete(name)) throw interpreter.error(`Module "${name}" not found`);
      },
      removeAllCached: () => { this.cache.clear(); },
      addCached: (name: string, code: unknown) => {
        this.cache.set(name, typeof code === 'string' ? this.evaluate(code) : this.call(code));
      },
    }));
  }

  private require(name: string): unknown {
    if (!this.cache.has(name)) this.cache.set(name, this.find(name));
    return this.cache.get(name);
  }

  private find(name: string): unknown {
    const native = Object.hasOwn(this.builtIn, name) ? this.builtIn[name] : undefined;
    if (native) return native();
    const code = readText(this.storage, name);
    if (code === undefined) throw this.interpreter.error(`Module "${name}" not found`);
    return this.evaluate(code);
  }

  private evaluate(code: string): unknown {
    const exports = this.interpreter.object();
    const module = this.interpreter.object({ exports });
    Reflect.apply(new this.interpreter.js.Function('exports', 'module', detokenise(code)), exports, [exports, module]);
    return module['exports'];
  }

  /** Runs a module given as a function, which finds `exports` as a global. */
  private call(body: unknown): unknown {
    const { global } = this.interpreter;
    const exports = this.interpreter.object();
    global['exports'] = exports;
    Reflect.apply(body as () => void, exports, [exports]);
    Reflect.deleteProperty(global, 'exports');
    return exports;
  }
}
