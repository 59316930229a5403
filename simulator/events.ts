import { hide } from './context.ts';
import type { Interpreter } from './interpreter.ts';

type Listener = ((...args: unknown[]) => unknown) | string;

/** The event listeners of a board's objects: every object has `on`, `emit` and the rest. */
export class Events {
  private readonly listeners = new WeakMap<object, Map<string, readonly Listener[]>>();
  /** Data that arrived at a stream before anybody listened. */
  private readonly buffers = new WeakMap<object, string>();

  constructor(private readonly interpreter: Interpreter) {
    installMethods(interpreter, this);
  }

  has(owner: object, event: string): boolean {
    return this.of(owner, event).length > 0;
  }

  add(owner: object, event: string, listener: Listener, first: boolean): void {
    this.check(owner, event);
    if (typeof listener !== 'function' && typeof listener !== 'string') {
      throw this.interpreter.error('Second argument must be a function or a String', 'TypeError');
    }
    const old = this.of(owner, event);
    this.set(owner, event, first ? [listener, ...old] : [...old, listener]);
    const waiting = this.buffers.get(owner);
    if (event !== 'data' || waiting === undefined) return;
    this.buffers.delete(owner);
    this.emit(owner, 'data', [waiting]);
  }

  /** Queues the listeners that are there now. One that throws doesn't stop the others. */
  emit(owner: object, event: string, args: readonly unknown[]): void {
    const listeners = this.of(owner, event);
    if (!listeners.length) return;
    this.interpreter.queueJob(() => { this.run(owner, listeners, args); });
  }

  /** Calls the listeners now: only for the end of a run ('kill'). */
  emitNow(owner: object, event: string, args: readonly unknown[]): void {
    this.run(owner, this.of(owner, event), args);
  }

  /** Hands data to a stream: to its listeners now, else into its buffer. */
  push(owner: object, data: string): void {
    if (this.has(owner, 'data')) this.run(owner, this.of(owner, 'data'), [data]);
    else this.buffers.set(owner, (this.buffers.get(owner) ?? '') + data);
  }

  available(owner: object): number {
    return this.buffers.get(owner)?.length ?? 0;
  }

  /** Takes up to `count` characters (0: all) out of a stream's buffer. */
  take(owner: object, count: number): string {
    const waiting = this.buffers.get(owner) ?? '';
    const taken = count > 0 ? waiting.slice(0, count) : waiting;
    this.buffers.set(owner, waiting.slice(taken.length));
    return taken;
  }

  private run(owner: object, listeners: readonly Listener[], args: readonly unknown[]): void {
    for (const listener of listeners) this.interpreter.call(listener, owner, args);
  }

  /** What a board's own `emit` does. */
  emitChecked(owner: object, event: string, args: unknown[]): void {
    this.check(owner, event);
    if (args.length > 4) throw this.interpreter.error('Too many arguments (>4)', 'TypeError');
    this.emit(owner, event, args);
  }

  private check(owner: unknown, event: unknown): void {
    if (owner === null || (typeof owner !== 'object' && typeof owner !== 'function')) {
      throw this.interpreter.error('Parent must be an object - not a String, Integer, etc', 'TypeError');
    }
    if (typeof event !== 'string') throw this.interpreter.error('First argument must be String', 'TypeError');
  }

  private of(owner: object, event: string): readonly Listener[] {
    return this.listeners.get(owner)?.get(event) ?? [];
  }

  private set(owner: object, event: string, listeners: readonly Listener[]): void {
    const all = this.listeners.get(owner) ?? new Map<string, readonly Listener[]>();
    all.set(event, listeners);
    this.listeners.set(owner, all);
  }

  remove(owner: object, event: string, listener: Listener): void {
    this.check(owner, event);
    const left = [...this.of(owner, event)];
    const at = left.indexOf(listener);
    if (at >= 0) left.splice(at, 1);
    this.set(owner, event, left);
  }

  removeAll(owner: object, event: string | undefined): void {
    if (event === undefined) this.listeners.delete(owner);
    else this.set(owner, event, []);
  }
}

/** Gives every object of the context its event methods. */
function installMethods(interpreter: Interpreter, events: Events): void {
  const method = (name: string, body: (this: object, ...args: never[]) => unknown): void => {
    hide(interpreter.js.Object.prototype, name, interpreter.native(body));
  };
  method('on', function (event: string, listener: Listener) { events.add(this, event, listener, false); });
  method('addListener', function (event: string, listener: Listener) { events.add(this, event, listener, false); });
  method('prependListener', function (event: string, listener: Listener) { events.add(this, event, listener, true); });
  method('emit', function (event: string, ...args: unknown[]) { events.emitChecked(this, event, args); });
  method('removeListener', function (event: string, listener: Listener) { events.remove(this, event, listener); });
  method('removeAllListeners', function (event?: string) { events.removeAll(this, event); });
}
