import type { Chip } from './chip.ts';
import { hide } from './context.ts';
import type { Interpreter } from './interpreter.ts';
import type { Time } from './time.ts';
import type { Timers } from './timers.ts';

/** Date.now() is never a whole number: the clock counts microseconds. */
const FRACTION = 0.372;

/** The wall clock of a board: near 1970 after power-on on the chips, kept over restarts. */
export class WallClock {
  /** Unix time at `time.now() === 0`, ms. */
  private base = 0;

  constructor(private readonly chip: Chip, private readonly time: Time) {}

  powerOn(): void {
    this.base = FRACTION + (this.chip.name === 'linux' ? this.time.epoch : -this.time.now());
  }

  /** Unix time, ms, with a fraction. */
  now(): number {
    return this.base + this.time.now();
  }

  jump(seconds: number): void {
    this.base += seconds * 1000;
  }
}

/**
 * getTime, setTime and Date. On the chips setTime leaves the timers alone; on Linux it leaves the clock alone and
 * delays the timers instead.
 */
export function installClock(interpreter: Interpreter, clock: WallClock, timers: Timers, chip: Chip): void {
  const { global, js } = interpreter;
  hide(global, 'getTime', interpreter.native(() => clock.now() / 1000));
  hide(global, 'setTime', interpreter.native((seconds: number) => {
    const difference = seconds - clock.now() / 1000;
    if (chip.name === 'linux') timers.shift(difference * 1000);
    else clock.jump(difference);
  }));
  const Real = js.Date;
  const now = (): number => clock.now();
  const Fake = function (...args: [number]): Date | string {
    if (!new.target) return new Real(now()).toString();
    return args.length ? new Real(...args) : new Real(now());
  };
  Object.setPrototypeOf(Fake, js.Function.prototype);
  Fake.prototype = Real.prototype;
  hide(Fake, 'now', interpreter.native(now));
  hide(Fake, 'parse', interpreter.native((text: string) => Real.parse(text)));
  hide(Real.prototype, 'constructor', Fake);
  hide(global, 'Date', Fake);
}
