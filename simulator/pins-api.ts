import type { Chip } from './chip.ts';
import { hide } from './context.ts';
import type { Interpreter } from './interpreter.ts';
import type { Level, Pins } from './pins.ts';
import type { Time } from './time.ts';
import { typeName } from './type-name.ts';

const MODES = ['analog', 'input', 'input_pullup', 'input_pulldown', 'output', 'opendrain', 'opendrain_pullup',
  'af_output', 'af_opendrain'];

/** Finds the number of a pin that board code names by object, number or text. */
export type PinNumber = (pin: unknown) => number;

/** The globals `Pin`, `D0`…, `digitalWrite` and their like. On Linux they exist and do nothing. */
export function installPins(interpreter: Interpreter, chip: Chip, pins: Pins, time: Time): PinNumber {
  const works = chip.name !== 'linux';
  const level = (value: unknown): Level => (value ? 1 : 0);
  const numbers = new WeakMap<object, number>();

  const number: PinNumber = (pin) => {
    const found = typeof pin === 'object' && pin ? numbers.get(pin) : parsePin(pin);
    if (found === undefined || !pins.has(found)) throw interpreter.error('Invalid pin');
    return found;
  };
  const write = (pin: unknown, value: unknown): void => {
    if (Array.isArray(pin)) return writeBits(pin, Number(value));
    pins.pulses.catchUp();
    const at = number(pin);
    if (works) pins.write(at, level(value));
  };
  const writeBits = (list: unknown[], value: number): void => {
    [...list].reverse().forEach((pin, bit) => { write(pin, (value >> bit) & 1); });
  };
  const read = (pin: unknown): number => {
    if (Array.isArray(pin)) return pin.reduce((bits: number, each) => (bits << 1) | read(each), 0);
    pins.pulses.catchUp();
    const at = number(pin);
    return works ? pins.level(at) : 0;
  };
  const pulse = (pin: unknown, value: unknown, times: unknown): void => {
    const at = number(pin);
    checkTimes(interpreter, times);
    if (works) pulsePin(pins, time, at, level(value), times);
  };
  const mode = (pin: unknown, name: unknown, automatic?: unknown): void => {
    const at = number(pin);
    if (name === undefined || name === 'auto') return pins.setMode(at, undefined, false);
    if (!MODES.includes(String(name))) throw interpreter.error('Unknown pin mode');
    pins.setMode(at, String(name), !automatic);
  };

  const prototype = interpreter.object();
  const pinObject = (at: number): object => {
    const made = Object.create(prototype) as object;
    numbers.set(made, at);
    return made;
  };
  const method = (name: string, body: (this: object, ...args: never[]) => unknown): void => {
    hide(prototype, name, interpreter.native(body));
  };
  method('read', function () { return read(this) === 1; });
  method('write', function (value: unknown) { write(this, value); });
  method('set', function () { write(this, 1); });
  method('reset', function () { write(this, 0); });
  method('toggle', function () { write(this, !read(this)); return read(this) === 1; });
  method('pulse', function (value: unknown, times: unknown) { pulse(this, value, times); });
  method('mode', function (name: unknown) { mode(this, name); });
  method('getMode', function () { return pins.mode(number(this)) ?? 'analog'; });
  method('getInfo', function () { return interpreter.object({ num: number(this) }); });
  method('toString', function () { return `D${number(this)}`; });
  method('valueOf', function () { return number(this); });
  method('toJSON', function () { return `D${number(this)}`; });

  const all = chip.pins.map(pinObject);
  const byNumber = (pin: unknown): object => {
    const found = all[chip.pins.indexOf(number(pin))];
    if (!found) throw interpreter.error('Invalid pin');
    return found;
  };
  const Pin = interpreter.native(function (pin: unknown) { return byNumber(pin); });
  Object.defineProperty(Pin, 'prototype', { value: prototype });
  hide(prototype, 'constructor', Pin);
  const { global } = interpreter;
  hide(global, 'Pin', Pin);
  chip.pins.forEach((pin, index) => { hide(global, `D${pin}`, all[index]); });
  hide(global, 'digitalWrite', interpreter.native(write));
  hide(global, 'digitalRead', interpreter.native(read));
  hide(global, 'digitalPulse', interpreter.native(pulse));
  hide(global, 'pinMode', interpreter.native(mode));
  hide(global, 'getPinMode', interpreter.native((pin: unknown) => pins.mode(number(pin)) ?? 'analog'));
  hide(global, 'analogRead', interpreter.native(() => 0.5));
  return number;
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
