import type { Chip } from './chip.ts';
import { hide } from './context.ts';
import type { Interpreter } from './interpreter.ts';
import type { Level, Pins } from './pins.ts';
import type { Time } from './time.ts';
import { typeName } from './type-name.ts';

const MODES = ['analog', 'input', 'input_pullup', 'input_pulldown', 'output', 'opendrain', 'opendrain_pullup',
  'af_output', 'af_opendrain'];

/** The globals `Pin`, `D0`…, `digitalWrite` and their like. On Linux they exist and do nothing. */
export class PinApi {
  private readonly works: boolean;
  /** Numbers of the pin objects. */
  private readonly numbers = new WeakMap<object, number>();

  constructor(
    private readonly interpreter: Interpreter,
    chip: Chip,
    private readonly pins: Pins,
    private readonly time: Time,
  ) {
    this.works = chip.name !== 'linux';
    this.installClass(chip.pins);
    this.installFunctions();
  }

  /** Number of a pin that board code names by object, number or text. */
  number(pin: unknown): number {
    const found = typeof pin === 'object' && pin ? this.numbers.get(pin) : parsePin(pin);
    if (found === undefined || !this.pins.has(found)) throw this.interpreter.error('Invalid pin');
    return found;
  }

  private installFunctions(): void {
    const { interpreter, pins } = this;
    const define = (name: string, body: (...args: never[]) => unknown): void => {
      hide(interpreter.global, name, interpreter.native(body));
    };
    define('digitalWrite', (pin: unknown, value: unknown) => { this.write(pin, value); });
    define('digitalRead', (pin: unknown) => this.read(pin));
    define('digitalPulse', (pin: unknown, value: unknown, times: unknown) => { this.pulse(pin, value, times); });
    define('pinMode', (pin: unknown, name: unknown, automatic: unknown) => { this.mode(pin, name, automatic); });
    define('getPinMode', (pin: unknown) => pins.mode(this.number(pin)) ?? 'analog');
    define('analogRead', () => 0.5);
  }

  private installClass(names: readonly number[]): void {
    const { interpreter } = this;
    const prototype = interpreter.object();
    this.installMethods(prototype);
    const all = new Map<number, object>();
    for (const name of names) {
      const made = Object.create(prototype) as object;
      this.numbers.set(made, name);
      all.set(name, made);
      hide(interpreter.global, `D${name}`, made);
    }
    const Pin = interpreter.native((pin: unknown) => all.get(this.number(pin)));
    Object.defineProperty(Pin, 'prototype', { value: prototype });
    hide(prototype, 'constructor', Pin);
    hide(interpreter.global, 'Pin', Pin);
  }

  private installMethods(prototype: object): void {
    const pinOf = (pin: object) => this.number(pin);
    const method = (name: string, body: (pin: object, ...args: unknown[]) => unknown): void => {
      hide(prototype, name, this.interpreter.native(function (this: object, ...args: unknown[]) {
        return body(this, ...args);
      }));
    };
    method('read', (pin) => this.read(pin) === 1);
    method('write', (pin, value) => { this.write(pin, value); });
    method('set', (pin) => { this.write(pin, 1); });
    method('reset', (pin) => { this.write(pin, 0); });
    method('toggle', (pin) => { this.write(pin, !this.read(pin)); return this.read(pin) === 1; });
    method('pulse', (pin, value, times) => { this.pulse(pin, value, times); });
    method('mode', (pin, name) => { this.mode(pin, name, false); });
    method('getMode', (pin) => this.pins.mode(this.number(pin)) ?? 'analog');
    method('getInfo', (pin) => this.interpreter.object({ num: this.number(pin) }));
    method('toString', (pin) => `D${this.number(pin)}`);
    method('valueOf', (pin) => this.number(pin));
    // A sum with a number should be one, too; but a sum does not say what else is in it.
    hide(prototype, Symbol.toPrimitive, this.interpreter.native(function (this: object, hint: string) {
      return hint === 'number' ? pinOf(this) : `D${pinOf(this)}`;
    }));
    method('toJSON', (pin) => `D${this.number(pin)}`);
  }

  private write(pin: unknown, value: unknown): void {
    if (Array.isArray(pin)) {
      [...pin].reverse().forEach((each, bit) => { this.write(each, (Number(value) >> bit) & 1); });
      return;
    }
    this.pins.pulses.catchUp();
    const at = this.number(pin);
    if (this.works) this.pins.write(at, value ? 1 : 0);
  }

  private read(pin: unknown): number {
    if (Array.isArray(pin)) return pin.reduce((bits: number, each) => (bits << 1) | this.read(each), 0);
    this.pins.pulses.catchUp();
    const at = this.number(pin);
    return this.works ? this.pins.level(at) : 0;
  }

  private pulse(pin: unknown, value: unknown, times: unknown): void {
    const at = this.number(pin);
    checkTimes(this.interpreter, times);
    if (this.works) pulsePin(this.pins, this.time, at, value ? 1 : 0, times);
  }

  private mode(pin: unknown, name: unknown, automatic: unknown): void {
    const at = this.number(pin);
    if (name === undefined || name === 'auto') return this.pins.setMode(at, undefined, false);
    if (!MODES.includes(String(name))) throw this.interpreter.error('Unknown pin mode');
    this.pins.setMode(at, String(name), !automatic);
  }
}

function parsePin(pin: unknown): number | undefined {
  if (typeof pin === 'number') return pin;
  const digits = typeof pin === 'string' ? /^D(\d+)$/.exec(pin)?.[1] : undefined;
  return digits === undefined ? undefined : Number(digits);
}

type PulseTimes = number | ArrayLike<number>;

function checkTimes(interpreter: Interpreter, times: unknown): asserts times is PulseTimes {
  if (Array.isArray(times) || ArrayBuffer.isView(times) || typeof times === 'string') return;
  if (typeof times !== 'number') throw interpreter.error(`Expecting Number or Array, got ${typeName(times)}`);
  if (!(times >= 0)) throw interpreter.error('Pulse Time is less than 0 or not a number');
}

/**
 * digitalPulse: a pulse while one runs on the same pin is appended after it, and then its first edge is not put
 * out; time 0 waits for all pulses.
 */
function pulsePin(pins: Pins, time: Time, pin: number, value: Level, times: PulseTimes): void {
  const { pulses } = pins;
  pulses.catchUp();
  const running = pulses.lastOf(pin);
  if (running === undefined) pins.write(pin, value);
  if (times === 0) return pulses.waitEmpty();
  let at = running ?? time.now();
  let level = value;
  for (const item of typeof times === 'number' ? [times] : Array.from(times)) {
    level = level ? 0 : 1;
    if (!(item > 0)) continue;
    at += item;
    pulses.add(pin, level, at);
  }
}
