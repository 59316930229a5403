/** Storage and the flash below it, where `@types/espruino` is wrong or silent. */

/* eslint-disable @typescript-eslint/no-explicit-any -- Espruino hands out values of any shape. */

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

declare function require(name: 'Storage'): EspruinoStorage;
declare function require(name: 'Flash'): EspruinoFlash;
