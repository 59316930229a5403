/**
 * What `@types/espruino` lacks or has wrong, for the calls that `hal/`, `main.ts` and `boot.ts`
 * make. Where the package declares a function already, the line here is one more overload.
 */

/* eslint-disable @typescript-eslint/no-explicit-any -- Espruino hands out values of any shape. */

interface EspruinoSocket {
  on(event: 'connect', callback: () => void): void;
  /** Bytes, one a character; at most 268 (ESP8266) or 536 of them. */
  on(event: 'data', callback: (bytes: string) => void): void;
  on(event: 'drain' | 'end', callback: () => void): void;
  on(event: 'error', callback: (error: { code: number; message: string }) => void): void;
  on(event: 'close', callback: (hadError: boolean) => void): void;
  removeAllListeners(event?: string): void;
  /** Queues bytes. Throws when the socket is closed. */
  write(bytes: string): boolean;
  end(bytes?: string): void;
  /** Not documented, but set on a socket that has closed. */
  readonly closed?: boolean;
}

interface EspruinoNet {
  connect(options: { host: string; port: number }, connected?: () => void): EspruinoSocket;
}

interface EspruinoTls {
  /** `key`, `cert` and `ca` are DER in a string. No certificate is verified. */
  connect(
    options: { host: string; port: number; key?: string; cert?: string; ca?: string },
    connected?: () => void,
  ): EspruinoSocket;
}

interface EspruinoDatagramSocket {
  bind(port: number, bound?: () => void): void;
  on(
    event: 'message',
    callback: (message: string, from: { address: string; port: number; size: number }) => void,
  ): void;
  on(event: 'error', callback: (error: { code: number; message: string }) => void): void;
  on(event: 'close', callback: (hadError: boolean) => void): void;
  removeAllListeners(event?: string): void;
  send(message: string, port: number, host: string): void;
  send(buffer: string, offset: number, length: number, port: number, host: string): void;
  close(): void;
}

interface EspruinoDgram {
  createSocket(type: 'udp4', received?: (message: string, from: { address: string; port: number }) => void):
    EspruinoDatagramSocket;
}

interface EspruinoStorage {
  /** Undefined when there is no such file. On the chips the result points into flash. */
  read(name: string, offset?: number, length?: number): string | undefined;
  /** Undefined when there is no such file, or with `noExceptions` when it does not parse. */
  readJSON(name: string, noExceptions?: boolean): any;
  readArrayBuffer(name: string): ArrayBuffer | undefined;
  /** Not atomic: the old file is lost before the new one is written. */
  write(name: string, data: string | ArrayBuffer | object, offset?: number, size?: number): boolean;
  writeJSON(name: string, data: any): boolean;
  erase(name: string): void;
  eraseAll(): void;
  list(pattern?: RegExp | string): string[];
  hash(pattern?: RegExp | string): number;
  compact(showMessage?: boolean): void;
  getFree(checkInternalFlash?: boolean): number;
  getStats(checkInternalFlash?: boolean): {
    totalBytes: number; freeBytes: number; fileBytes: number; fileCount: number; trashBytes: number; trashCount: number;
  };
}

interface EspruinoFlash {
  getPage(address: number): { addr: number; length: number } | undefined;
  getFree(): { addr: number; length: number }[];
  erasePage(address: number): void;
  /** Address and length are multiples of 4. */
  write(data: string | Uint8Array | ArrayBuffer, address: number): void;
  read(length: number, address: number): Uint8Array;
}

interface EspruinoAddress {
  ip: string;
  netmask: string;
  gw: string;
  mac: string;
}

interface EspruinoWifi {
  connect(ssid: string, options: { password?: string; dnsServers?: string[]; channel?: number; bssid?: string },
    callback?: (error: string | null) => void): void;
  disconnect(callback?: () => void): void;
  startAP(ssid: string, options: { password?: string; authMode?: string; channel?: number; hidden?: boolean },
    callback?: (error: string | null) => void): void;
  stopAP(callback?: (error: string | null) => void): void;
  scan(callback: (error: string | null, found: { ssid: string; mac: string; authMode: string; channel: number;
    rssi: number }[]) => void): void;
  getStatus(callback?: (status: any) => void): { mode: string; station: string; ap: string; powersave?: string };
  getDetails(callback?: (details: any) => void): { status: string; rssi: number; ssid: string };
  getIP(callback?: (error: string | null, address: EspruinoAddress) => void): EspruinoAddress;
  getAPIP(callback?: (error: string | null, address: EspruinoAddress) => void): EspruinoAddress;
  setIP(settings: { ip: string; gw: string; netmask: string }, callback?: (error: string | null) => void): void;
  setHostname(name: string, callback?: () => void): void;
  getHostname(callback?: (name: string) => void): string;
  getHostByName(name: string, callback: (ip: string | null) => void): void;
  setConfig(settings: { phy?: string; powersave?: string }): void;
  save(what?: 'clear' | 'sta+ap'): void;
  restore(): void;
  on(
    event: 'connected',
    callback: (details: { ip: string; gw: string; mask?: string; netmask?: string }) => void,
  ): void;
  on(
    event: 'disconnected',
    callback: (details: { ssid: string; mac: string; reason: string; msg?: string }) => void,
  ): void;
  on(event: 'associated', callback: (details: { ssid: string; mac: string; channel: number }) => void): void;
  on(
    event: 'auth_change' | 'dhcp_timeout' | 'sta_joined' | 'sta_left' | 'probe_recv',
    callback: (details: any) => void,
  ): void;
  removeAllListeners(event?: string): void;
}

interface EspruinoCrypto {
  SHA1(data: string | ArrayBuffer): ArrayBuffer;
  /** ESP32 and Linux only. */
  SHA256(data: string | ArrayBuffer): ArrayBuffer;
}

declare function require(name: 'net'): EspruinoNet;
declare function require(name: 'tls'): EspruinoTls;
declare function require(name: 'dgram'): EspruinoDgram;
declare function require(name: 'Storage'): EspruinoStorage;
declare function require(name: 'Flash'): EspruinoFlash;
declare function require(name: 'Wifi'): EspruinoWifi;
declare function require(name: 'crypto'): EspruinoCrypto;
declare function require(name: 'TelnetServer'): { setOptions(options: { mode: 'on' | 'off' }): void };
declare function require(name: 'NetworkJS'): { create(functions: any): void };

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

/** What Espruino has of the standards after ES5. */
interface ObjectConstructor {
  assign(target: any, ...sources: any[]): any;
  values(object: any): any[];
  entries(object: any): [string, any][];
  fromEntries(entries: any[]): any;
}
interface Array<T> {
  find(predicate: (value: T, index: number) => boolean): T | undefined;
  findIndex(predicate: (value: T, index: number) => boolean): number;
  fill(value: T, start?: number, end?: number): this;
  includes(value: T): boolean;
}
interface ReadonlyArray<T> {
  find(predicate: (value: T, index: number) => boolean): T | undefined;
  findIndex(predicate: (value: T, index: number) => boolean): number;
  includes(value: T): boolean;
}
interface String {
  startsWith(text: string, position?: number): boolean;
  endsWith(text: string, position?: number): boolean;
  includes(text: string, position?: number): boolean;
  repeat(count: number): string;
  padStart(length: number, fill?: string): string;
  padEnd(length: number, fill?: string): string;
  replaceAll(search: string, replacement: string): string;
}
interface Math {
  sign(x: number): number;
}
interface Uint8Array {
  fill(value: number, start?: number, end?: number): this;
  slice(start?: number, end?: number): Uint8Array;
  set(array: ArrayLike<number>, offset?: number): void;
}
