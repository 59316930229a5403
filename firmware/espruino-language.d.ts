/** What Espruino has of the standards after ES5. */

/* eslint-disable @typescript-eslint/no-explicit-any -- Espruino hands out values of any shape. */

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
