import vm from 'node:vm';
import { createContext } from './context.ts';
import type { BoardContext, Intrinsics } from './context.ts';
import { installMeter } from './meter.ts';
import type { SetTurnsLeft } from './meter.ts';
import { readCode, readEvaluated } from './read-code.ts';
import { installStrings } from './string-api.ts';
import type { Time } from './time.ts';

/** Any function of board code, or one offered to it. */
export type Callable = (...args: never[]) => unknown;

/** Ends board code at once, uncatchably: power cut, restart, `load()`. */
export class Halt extends Error {}

/** What an interpreter tells its board. */
export interface InterpreterHost {
  readonly time: Time;
  print(line: string): void;
  /** Board code didn't come back. */
  stuck(): void;
}

/**
 * Turns of loops and calls of functions after which board code that hasn't come back counts as an endless loop. No chip
 * gets so far before its watchdog bites; the firmware takes a thousand at once.
 */
const MOST_TURNS = 1_000_000;

/**
 * One run of the interpreter, from boot to restart: its context, its event queue, its idle loop.
 *
 * All board code goes through `call` or `evaluate`. After `stop` nothing of this run happens any more.
 */
export class Interpreter {
  alive = true;
  readonly global: Record<string, unknown>;
  readonly js: Intrinsics;
  private readonly errors: BoardContext['errors'];
  /** Asked on each turn of the idle loop; true when they want another turn. */
  readonly idlers = new Set<() => boolean>();
  /** Called once when this run ends. */
  readonly closers = new Set<() => void>();
  /** Runs what is due before the queue of events. */
  beforeEvents: () => void = () => undefined;
  onUncaught: ((error: unknown) => boolean) | undefined;
  private readonly context: vm.Context;
  private readonly eval: unknown;
  private readonly events: (() => void)[] = [];
  private readonly setTurnsLeft: SetTurnsLeft;
  private isInside = false;
  /** Its turns have run out; what is left of its code may still catch that. */
  private isStuck = false;
  private awake = false;

  constructor(readonly host: InterpreterHost) {
    const made: BoardContext = createContext();
    this.context = made.context;
    this.global = made.global;
    this.errors = made.errors;
    this.eval = made.global['eval'];
    this.js = made.js;
    installStrings(this.js);
    this.setTurnsLeft = installMeter(this.context, readEvaluated, () => {
      this.isStuck = true;
      throw new Halt();
    });
  }

  /** Makes a function for board code. It throws `Halt` when its interpreter is gone. */
  native<T extends Callable>(body: T): T {
    const check = (): void => { if (!this.alive || this.isStuck) throw new Halt(); };
    const wrapped = function (this: unknown, ...args: unknown[]): unknown {
      check();
      return Reflect.apply(body, this, args);
    };
    Object.setPrototypeOf(wrapped, this.js.Function.prototype);
    return wrapped as unknown as T;
  }

  /** Makes an object of the context, with functions made native. */
  object(members: Record<string, unknown> = {}): Record<string, unknown> {
    const made = new this.js.Object() as unknown as Record<string, unknown>;
    for (const [name, value] of Object.entries(members)) {
      made[name] = typeof value === 'function' ? this.native(value as Callable) : value;
    }
    return made;
  }

  array<T>(items: readonly T[]): T[] {
    const made = new this.js.Array<T>();
    made.push(...items);
    return made;
  }

  /** An exception of one of Espruino's kinds. */
  error(message: string, type = 'Error'): Error {
    return new (this.errors[type] ?? this.js.Error)(message);
  }

  /** Runs code; its value, or undefined when it threw, which has been printed. */
  evaluate(code: string, name: string): unknown {
    let value: unknown;
    this.enter(() => { value = vm.runInContext(readCode(code), this.context, { filename: name }); });
    return value;
  }

  /** Calls board code now, from outside of board code; false when it threw, which has been printed. */
  call(callback: unknown, self: unknown, args: readonly unknown[]): boolean {
    if (typeof callback === 'string') {
      return this.enter(() => { vm.runInContext(readCode(callback), this.context); });
    }
    if (typeof callback !== 'function') return true;
    const given = callback === this.eval ? args.map((code) => readEvaluated(String(code))) : args;
    return this.enter(() => { Reflect.apply(callback, self, given); });
  }

  /** Queues board code for the idle loop. */
  queue(callback: unknown, self: unknown, args: readonly unknown[]): void {
    this.queueJob(() => { this.call(callback, self, args); });
  }

  /** Queues something of our own that may call board code or throw like it. */
  queueNative(job: () => void): void {
    this.queueJob(() => { this.enter(job); });
  }

  queueJob(job: () => void): void {
    if (!this.alive) return;
    this.events.push(job);
    this.wake();
  }

  /** Asks for a turn of the idle loop. */
  wake(): void {
    if (this.awake || !this.alive) return;
    this.awake = true;
    this.host.time.after(0, () => { this.idle(); });
  }

  stop(): void {
    if (!this.alive) return;
    this.alive = false;
    this.setTurnsLeft(0);
    for (const close of this.closers) close();
    this.events.length = 0;
    this.idlers.clear();
  }

  /** Tells of an exception that nobody caught. */
  uncaught(error: unknown): void {
    if (this.onUncaught?.(error)) return;
    this.host.print(`Uncaught ${typeof error === 'string' ? JSON.stringify(error) : String(error)}`);
  }

  private idle(): void {
    this.awake = false;
    this.beforeEvents();
    this.drain();
    for (const idler of [...this.idlers]) {
      if (this.alive && idler()) this.wake();
    }
    this.drain();
  }

  private drain(): void {
    while (this.alive && this.events.length) (this.events.shift() as () => void)();
  }

  private enter(job: () => void): boolean {
    if (!this.alive) return false;
    const isOutermost = !this.isInside;
    if (isOutermost) this.setTurnsLeft(MOST_TURNS);
    this.isInside = true;
    let isDone = false;
    try {
      job();
      isDone = true;
    } catch (error) {
      if (this.alive && !this.isStuck) this.uncaught(error);
    }
    this.isInside = !isOutermost;
    if (this.isStuck && this.alive) this.host.stuck();
    return isDone;
  }
}
