import { flatten, textOf } from './bytes.ts';
import type { Interpreter } from './interpreter.ts';
import type { Json } from './json-api.ts';
import { StorageError } from './storage.ts';
import type { Storage } from './storage.ts';
import { openFile } from './storage-file.ts';
import { hashFiles, listFiles } from './storage-list.ts';
import { typeName } from './type-name.ts';

/** `require('Storage')`. */
export function storageApi(interpreter: Interpreter, storage: Storage, json: Json): Record<string, unknown> {
  const write = (name: unknown, data: unknown, offset: unknown, size: unknown): boolean =>
    guarded(interpreter, () => writeFile(storage, json, name, data, offset, size));
  return interpreter.object({
    read: (name: unknown, offset?: number, length?: number) => readText(storage, name, offset, length),
    write,
    readJSON: (name: unknown, quiet?: boolean) => readJson(storage, json, name, quiet),
    writeJSON: (name: unknown, data: unknown) => write(name, json.stringify(data), 0, 0),
    readArrayBuffer: (name: unknown) => readBuffer(interpreter, storage, name),
    erase: (name: unknown) => { storage.erase(String(name)); },
    eraseAll: () => { storage.eraseAll(); },
    compact: () => { storage.compact(); },
    list: (pattern?: RegExp, filter?: { sf?: boolean }) => interpreter.array(listFiles(storage, pattern, filter?.sf)),
    hash: (pattern?: RegExp) => hashFiles(storage, pattern),
    getFree: () => storage.stats().freeBytes,
    getStats: () => {
      const { totalBytes, freeBytes, fileBytes, fileCount, trashBytes, trashCount } = storage.stats();
      return interpreter.object({ totalBytes, freeBytes, fileBytes, fileCount, trashBytes, trashCount });
    },
    open: (name: unknown, mode: unknown) => openFile(interpreter, storage, String(name), mode),
    debug: () => undefined,
    optimise: () => undefined,
  });
}

/** Runs something that may fail as Storage does, and fails as board code sees it. */
export function guarded<T>(interpreter: Interpreter, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof StorageError ? interpreter.error(error.message) : error;
  }
}

/** A file as text, one character a byte; undefined when there is none. */
export function readText(storage: Storage, name: unknown, offset?: number, length?: number): string | undefined {
  const bytes = storage.read(String(name), Number(offset ?? 0), Number(length ?? 0));
  return bytes && textOf(bytes);
}

function writeFile(
  storage: Storage, json: Json, name: unknown, data: unknown, offset: unknown, size: unknown,
): boolean {
  const isObject = Object.prototype.toString.call(data) === '[object Object]';
  if (data === undefined) throw new StorageError("Can't get pointer to data to write");
  const bytes = flatten(isObject ? json.stringify(data) : data);
  if (!bytes) throw new StorageError(`Expecting Number or iterable, got ${typeName(data)}`);
  const [from, total] = isObject ? [0, 0] : [Math.trunc(Number(offset)) || 0, Math.trunc(Number(size)) || 0];
  return storage.write(String(name), bytes, from, total);
}

function readJson(storage: Storage, json: Json, name: unknown, quiet?: boolean): unknown {
  const text = readText(storage, name);
  if (text === undefined) return undefined;
  try {
    return json.parse(text, true);
  } catch (error) {
    if (quiet) return undefined;
    throw error;
  }
}

function readBuffer(interpreter: Interpreter, storage: Storage, name: unknown): ArrayBuffer | undefined {
  const bytes = storage.read(String(name));
  return bytes && (new interpreter.js.Uint8Array(bytes).buffer as ArrayBuffer);
}
