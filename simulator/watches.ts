import type { Chip } from './chip.ts';
import { hide } from './context.ts';
import type { Interpreter } from './interpreter.ts';
import type { PinApi } from './pins-api.ts';
import type { Level, Pins } from './pins.ts';
import type { Cancel } from './time.ts';

interface Watch {
  readonly pin: number;
  readonly callback: unknown;
  readonly edge: -1 | 0 | 1;
  readonly repeat: boolean;
  readonly debounce: number;
  /** Level after the last debounced change. */
  level: Level;
  lastTime: number;
  pending: Cancel | undefined;
}

interface WatchOptions { edge?: string | number; repeat?: boolean; debounce?: number }

/** setWatch and clearWatch. A debounced watch fires when the level has been stable for that long. */
export class Watches {
  private readonly watches = new Map<number, Watch>();
  private nextId = 1;

  constructor(
    private readonly interpreter: Interpreter,
    private readonly pins: Pins,
    private readonly api: PinApi,
    private readonly seconds: () => number,
    private readonly chip: Chip,
  ) {
    hide(interpreter.global, 'setWatch', interpreter.native(
      (callback: unknown, pin: unknown, options?: WatchOptions) => this.add(callback, pin, options ?? {})));
    hide(interpreter.global, 'clearWatch', interpreter.native((...ids: unknown[]) => { this.clear(ids); }));
    interpreter.closers.add(pins.watch((pin, level) => { this.changed(pin, level); }));
    interpreter.closers.add(() => { this.clearAll(); });
  }

  private add(callback: unknown, pin: unknown, options: WatchOptions): number {
    const at = this.api.number(pin);
    if (typeof callback !== 'function' && typeof callback !== 'string') {
      throw this.interpreter.error('Function or String not supplied!');
    }
    const { edge } = options;
    if (this.chip.family === 'esp32') this.pins.setMode(at, 'input_pullup', false);
    else if (this.pins.mode(at) === undefined) this.pins.setMode(at, 'input', false);
    const id = this.nextId++;
    this.watches.set(id, {
      pin: at, callback, repeat: options.repeat ?? false, debounce: options.debounce ?? 0,
      edge: edge === 'rising' || edge === 1 ? 1 : edge === 'falling' || edge === -1 ? -1 : 0,
      level: this.pins.level(at), lastTime: NaN, pending: undefined,
    });
    return id;
  }

  private changed(pin: number, level: Level): void {
    for (const [id, watch] of this.watches) {
      if (watch.pin !== pin || this.chip.unwatched.includes(pin)) continue;
      if (!watch.debounce) this.fire(id, watch, level, this.seconds());
      else this.settle(id, watch, level);
    }
  }

  private settle(id: number, watch: Watch, level: Level): void {
    const time = this.seconds();
    watch.pending?.();
    watch.pending = this.interpreter.host.time.after(watch.debounce, () => {
      watch.pending = undefined;
      if (level === watch.level) return;
      watch.level = level;
      this.fire(id, watch, level, time);
    });
  }

  private fire(id: number, watch: Watch, level: Level, time: number): void {
    if (watch.edge && watch.edge !== (level ? 1 : -1)) return this.note(watch, time);
    if (!watch.repeat) this.watches.delete(id);
    const { lastTime } = watch;
    this.note(watch, time);
    const event = this.interpreter.object({ state: level === 1, time, lastTime, pin: watch.pin });
    this.interpreter.queue(watch.callback, undefined, [event]);
  }

  private note(watch: Watch, time: number): void {
    watch.lastTime = time;
  }

  private clear(ids: unknown[]): void {
    if (!ids.length) return this.clearAll();
    const [id] = ids;
    if (id === undefined) throw this.interpreter.error('clearWatch(undefined) not allowed. Use clearWatch() instead');
    const watch = this.watches.get(Number(id));
    if (!watch) throw this.interpreter.error(`Unknown Watch ${String(id)}`);
    watch.pending?.();
    this.watches.delete(Number(id));
  }

  private clearAll(): void {
    for (const watch of this.watches.values()) watch.pending?.();
    this.watches.clear();
  }
}
