import type { Interpreter } from './interpreter.ts';
import type { Cancel } from './time.ts';

interface Timer {
  readonly callback: unknown;
  readonly args: readonly unknown[];
  /** Period, ms; 0 for a timeout. */
  period: number;
  due: number;
  cancel: Cancel;
}

const SHORTEST = 0.1;
const LONGEST = 100 * 365.25 * 24 * 3600 * 1000;

/** setTimeout and its family: ids from 1, phase kept, ticks that were missed come in a burst. */
export class Timers {
  private readonly timers = new Map<number, Timer>();
  private nextId = 1;

  constructor(private readonly interpreter: Interpreter) {
    const { global } = interpreter;
    const define = (name: string, body: (...args: never[]) => unknown): void => {
      global[name] = interpreter.native(body);
    };
    define('setTimeout', (callback: unknown, ms: unknown, ...args: unknown[]) => this.add(callback, ms, args, false));
    define('setInterval', (callback: unknown, ms: unknown, ...args: unknown[]) => this.add(callback, ms, args, true));
    define('clearTimeout', (...ids: unknown[]) => { this.clear('Timeout', ids); });
    define('clearInterval', (...ids: unknown[]) => { this.clear('Interval', ids); });
    define('changeInterval', (id: number, ms: unknown) => { this.change(id, ms); });
    interpreter.beforeEvents = () => { this.fireDue(); };
    interpreter.closers.add(() => { this.clearAll(); });
  }

  get count(): number {
    return this.timers.size;
  }

  /** Moves all timers: what a clock that is set under the interpreter's feet does. */
  shift(ms: number): void {
    for (const [id, timer] of this.timers) {
      timer.due += ms;
      timer.cancel();
      this.arm(id, timer);
    }
  }

  private add(callback: unknown, ms: unknown, args: unknown[], repeat: boolean): number {
    if (typeof callback !== 'function' && typeof callback !== 'string') {
      throw this.interpreter.error('Function or String not supplied!');
    }
    const wait = this.span(ms);
    const timer: Timer = { callback, args, period: repeat ? wait : 0, due: this.now() + wait, cancel: () => undefined };
    const id = this.nextId++;
    this.timers.set(id, timer);
    this.arm(id, timer);
    return id;
  }

  private span(ms: unknown): number {
    const wait = ms === undefined ? NaN : Number(ms);
    if (wait > LONGEST) throw this.interpreter.error('Interval is too long (>100 years)');
    return Number.isNaN(wait) || wait < SHORTEST ? SHORTEST : wait;
  }

  private arm(id: number, timer: Timer): void {
    timer.cancel = this.interpreter.host.time.after(timer.due - this.now(), () => { this.fire(id, timer); });
  }

  /** Timers come before events: running code takes longer than the shortest timeout. */
  private fireDue(): void {
    for (const [id, timer] of [...this.timers]) {
      if (timer.due > this.now() + SHORTEST) continue;
      timer.cancel();
      if (this.timers.get(id) === timer) this.fire(id, timer);
    }
  }

  private fire(id: number, timer: Timer): void {
    if (!timer.period) this.timers.delete(id);
    this.interpreter.call(timer.callback, undefined, timer.args);
    if (!timer.period || this.timers.get(id) !== timer) return;
    timer.due += timer.period;
    this.arm(id, timer);
  }

  private change(id: number, ms: unknown): void {
    const timer = this.timers.get(id);
    if (!timer) throw this.interpreter.error('Unknown Interval');
    timer.period = this.span(ms);
    timer.due = this.now() + timer.period;
    timer.cancel();
    this.arm(id, timer);
  }

  private clear(kind: string, ids: unknown[]): void {
    if (!ids.length) return this.clearAll();
    const [id] = ids;
    if (id === undefined) {
      throw this.interpreter.error(`clear${kind}(undefined) not allowed. Use clear${kind}() instead`);
    }
    this.timers.get(Number(id))?.cancel();
    this.timers.delete(Number(id));
  }

  private clearAll(): void {
    for (const timer of this.timers.values()) timer.cancel();
    this.timers.clear();
  }

  private now(): number {
    return this.interpreter.host.time.now();
  }
}
