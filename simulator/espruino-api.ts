import { bytesOf, crc32, flatten, textOf } from './bytes.ts';
import { hide } from './context.ts';
import type { Events } from './events.ts';
import type { Interpreter } from './interpreter.ts';
import type { Random } from './random.ts';
import type { Storage } from './storage.ts';
import { typeName } from './type-name.ts';

/** What `E` needs of its board. */
export interface Machine {
  reboot(): never;
  enableWatchdog(seconds: number, automatic: boolean): void;
  kickWatchdog(): void;
  takeErrorFlags(): string[];
  readonly serial: string;
}

/** The global `E`, `getSerial` and what `Math.random` draws from. */
export function installE(
  interpreter: Interpreter, events: Events, storage: Storage, random: Random, machine: Machine,
): Record<string, unknown> {
  const E = interpreter.object({
    ...bytesMembers(interpreter),
    ...machineMembers(interpreter, storage, random, machine),
    ...idleMembers(interpreter),
    on: (event: string, listener: () => void) => { events.add(E, event, listener, false); },
    removeListener: (event: string, listener: () => void) => { events.remove(E, event, listener); },
  });
  hide(interpreter.global, 'E', E);
  hide(interpreter.global, 'getSerial', interpreter.native(() => machine.serial));
  interpreter.js.Math.random = interpreter.native(() => random.next() / 0x80000000) as () => number;
  return E;
}

function bytesMembers(interpreter: Interpreter): Record<string, unknown> {
  const bytesOfAll = (values: unknown[]): Uint8Array => {
    const bytes = flatten(values);
    if (bytes) return bytes;
    const odd = values.find((value) => !flatten(value));
    throw interpreter.error(`Expecting Number or iterable, got ${typeName(odd)}`);
  };
  return {
    CRC32: (data: unknown) => crc32(bytesOfAll([data])),
    toString: (...values: unknown[]) => textOf(bytesOfAll(values)),
    toFlatString: (...values: unknown[]) => textOf(bytesOfAll(values)),
    toUint8Array: (...values: unknown[]) => new interpreter.js.Uint8Array(bytesOfAll(values)),
    asUTF8: (value: unknown) => Buffer.from(String(value), 'utf8').toString('latin1'),
    fromUTF8: (value: unknown) => Buffer.from(bytesOf(String(value))).toString('utf8'),
    clip: (value: number, low: number, high: number) => Math.min(Math.max(value, low), high),
  };
}

function machineMembers(
  interpreter: Interpreter, storage: Storage, random: Random, machine: Machine,
): Record<string, unknown> {
  return {
    srand: (seed: number) => { random.seed(Number(seed)); },
    hwRand: () => random.next(),
    reboot: () => machine.reboot(),
    enableWatchdog: (seconds: number, automatic?: boolean) => { machine.enableWatchdog(seconds, automatic ?? true); },
    kickWatchdog: () => { machine.kickWatchdog(); },
    getErrorFlags: () => interpreter.array(machine.takeErrorFlags()),
    setBootCode: (code: unknown, always?: boolean) => {
      storage.erase('.bootcde');
      storage.erase('.bootrst');
      const bytes = flatten(code);
      if (bytes?.length) storage.write(always ? '.bootrst' : '.bootcde', bytes, 0, 0);
    },
  };
}

/** What exists and has nothing to do on a simulated board. */
function idleMembers(interpreter: Interpreter): Record<string, unknown> {
  const names = ['setTimeZone', 'setDST', 'setFlags', 'defrag', 'lockConsole', 'setPassword', 'enableSleep'];
  return {
    ...Object.fromEntries(names.map((name) => [name, () => undefined])),
    getSizeOf: () => 1,
    getAddressOf: () => 0,
    getTemperature: () => NaN,
    getBattery: () => 0,
    getFlags: () => interpreter.object({}),
  };
}
