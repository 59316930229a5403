/**
 * What `@types/espruino` lacks or has wrong, for the calls that `hal/`, `main.ts` and `boot.ts`
 * make. Where the package declares a function already, the line here is one more overload. Sockets are in
 * `espruino-net.d.ts`, Wi-Fi in `espruino-wifi.d.ts`, flash in `espruino-flash.d.ts`, the language in
 * `espruino-language.d.ts`.
 */

/* eslint-disable @typescript-eslint/no-explicit-any -- Espruino hands out values of any shape. */

interface EspruinoCrypto {
  SHA1(data: string | ArrayBuffer): ArrayBuffer;
  /** ESP32 and Linux only. */
  SHA256(data: string | ArrayBuffer): ArrayBuffer;
}

declare function require(name: 'crypto'): EspruinoCrypto;
declare function require(name: 'TelnetServer'): { setOptions(options: { mode: 'on' | 'off' }): void };

/** Timer ids count from 1. `clearTimeout` throws when its argument is undefined. */
declare function setTimeout(callback: () => void, ms: number): number;
declare function setInterval(callback: () => void, ms: number): number;
declare function clearTimeout(id: number): void;
declare function clearInterval(id: number): void;

type EspruinoPin = string | Pin;
/** Called without `new`, it makes no prototype that stays: seven variables. */
declare var Pin: { (name: string | number): Pin };
interface Pin {
  getInfo(): { port: string; num: number } | undefined;
}
/** Returns at once; the edges come from a hardware timer. `time` may be a list: on, off, on … in ms. */
declare function digitalPulse(pin: EspruinoPin, value: 0 | 1 | boolean, time: number | number[]): void;
declare function digitalWrite(pin: EspruinoPin | EspruinoPin[], value: number | boolean): void;
declare function digitalRead(pin: EspruinoPin): 0 | 1;
declare function pinMode(pin: EspruinoPin, mode: 'output' | 'input' | 'input_pullup' | 'input_pulldown' | 'auto' |
  'opendrain' | 'analog', automatic?: boolean): void;
declare function setWatch(
  callback: (event: { state: boolean; time: number; lastTime: number; pin: Pin }) => void,
  pin: EspruinoPin,
  options: { repeat?: boolean; edge?: 'rising' | 'falling' | 'both'; debounce?: number; irq?: boolean },
): number;
declare function clearWatch(id: number): void;
declare function getSerial(): string;
declare function load(file?: string): void;
declare function reset(clearFlash?: boolean): void;
declare function print(...values: any[]): void;
declare function eval(code: string): any;
declare function atob(base64: string): string;
declare function btoa(bytes: string): string;

interface Serial {
  setConsole(force?: boolean): void;
}

declare namespace E {
  function reboot(): void;
  function CRC32(data: string | ArrayBuffer | Uint8Array): number;
  /** Undefined when there is not enough memory in one piece. */
  function toString(...values: any[]): string | undefined;
  /** In one piece, in memory. Undefined when there is no such piece. */
  function toFlatString(...values: any[]): string | undefined;
  function getSizeOf(value: any, depth?: number): number;
  function getAddressOf(value: any, flat?: boolean): number;
  function getErrorFlags(): string[];
  function getFlags(): any;
  function setFlags(flags: { deepSleep?: 0 | 1; pretokenise?: 0 | 1; unsafeFlash?: 0 | 1 }): void;
  function enableWatchdog(seconds: number, automatic?: boolean): void;
  function kickWatchdog(): void;
  function defrag(): void;
  function setConsole(device: Serial | null, options?: { force?: boolean }): void;
  function setPassword(password?: string): void;
  function on(event: 'init' | 'kill' | 'errorFlag', callback: (value?: any) => void): void;
  function srand(seed: number): void;
}

declare const process: {
  readonly version: string;
  readonly env: {
    readonly BOARD: string; readonly VERSION: string; readonly SERIAL: string; readonly MODULES: string;
    readonly CONSOLE: string;
  };
  /** Collects garbage first, unless told not to. */
  memory(collect?: boolean): { free: number; usage: number; total: number; history: number; blocksize: number };
  on(event: 'uncaughtException', callback: (error: any) => void): void;
};

declare const console: { log(...values: any[]): void };

declare namespace ESP8266 {
  function getResetInfo(): { reason: string; exccause: number; epc1: number; excvaddr: number };
  function getState(): { sdkVersion: string; cpuFrequency: number; freeHeap: number; maxCon: number; flashMap: string;
    flashKB: number; flashChip: string };
  function setCPUFreq(mhz: 80 | 160): void;
}

declare namespace ESP32 {
  function reboot(): void;
  function getState(): { sdkVersion: string; freeHeap: number; minHeap?: number; BLE: boolean; Wifi: boolean };
  function enableBLE(enable: boolean): void;
  function enableWifi(enable: boolean): void;
  function getWakeupCause(): number;
}

declare namespace NRF {
  function setServices(services: object, options?: { uart?: boolean; advertise?: string[] }): void;
  function sleep(): void;
}
