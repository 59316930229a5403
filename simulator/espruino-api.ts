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

/** The global `E`. */
export function installE(
  interpreter: Interpreter, events: Events, storage: Storage, random: Random, machine: Machine,
): Record<string, unknown> {
  const bytesOfAll = (values: unknown[]): Uint8Array => {
    const bytes = flatten(values);
    if (bytes) return bytes;
    const odd = values.find((value) => !flatten(value));
    throw interpreter.error(`Expecting Number or iterable, got ${typeName(odd)}`);
  };
  const E = interpreter.object({
    CRC32: (data: unknown) => crc32(bytesOfAll([data])),
    srand: (seed: number) => { random.seed(Number(seed)); },
    hwRand: () => random.next(),
    reboot: () => machine.reboot(),
    enableWatchdog: (seconds: number, automatic?: boolean) => { machine.enableWatchdog(seconds, automatic ?? true); },
    kickWatchdog: () => { machine.kickWatchdog(); },
    getErrorFlags: () => interpreter.array(machine.takeErrorFlags()),
    toString: (...values: unknown[]) => textOf(bytesOfAll(values)),
    toUint8Array: (...values: unknown[]) => new interpreter.js.Uint8Array(bytesOfAll(values)),
    asUTF8: (value: unknown) => Buffer.from(String(value), 'utf8').toString('latin1'),
    fromUTF8: (value: unknown) => Buffer.from(bytesOf(String(value))).toString('utf8'),
    setBootCode: (code: unknown, always?: boolean) => {
      storage.erase('.bootcde');
      storage.erase('.bootrst');
      const bytes = flatten(code);
      if (bytes?.length) storage.write(always ? '.bootrst' : '.bootcde', bytes, 0, 0);
    },
    getSizeOf: () => 1,
    getTemperature: () => NaN,
    getBattery: () => 0,
    setTimeZone: () => undefined,
    setDST: () => undefined,
    setFlags: () => undefined,
    getFlags: () => interpreter.object({}),
    defrag: () => undefined,
    lockConsole: () => undefined,
    setPassword: () => undefined,
    enableSleep: () => undefined,
    clip: (value: number, low: number, high: number) => Math.min(Math.max(value, low), high),
    getAddressOf: () => 0,
    on: (event: string, listener: () => void) => { events.add(E, event, listener, false); },
    removeListener: (event: string, listener: () => void) => {
      (interpreter.js.Object.prototype as unknown as { removeListener: (...args: unknown[]) => void })
        .removeListener.call(E, event, listener);
    },
  });
  hide(interpreter.global, 'E', E);
  hide(interpreter.global, 'getSerial', interpreter.native(() => machine.serial));
  interpreter.js.Math.random = interpreter.native(() => random.next() / 0x80000000) as () => number;
  return E;
}
