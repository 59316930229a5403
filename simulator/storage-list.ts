import { bytesOf, crc32 } from './bytes.ts';
import { APPENDABLE } from './file-chain.ts';
import type { FileHeader } from './file-chain.ts';
import type { Storage } from './storage.ts';

/** Names of the files; those of `Storage.open` once each, with their part number unless asked for alone. */
export function listFiles(storage: Storage, pattern?: RegExp, appendable?: boolean): string[] {
  return chosen(storage, appendable)
    .map((file) => (appendable ? file.name.slice(0, -1) : file.name))
    .filter((name) => !pattern || matches(name, pattern));
}

/** Hash over names and places of the plain files. */
export function hashFiles(storage: Storage, pattern?: RegExp): number {
  let hash = 0xABCDDCBA;
  for (const file of chosen(storage, false)) {
    if (pattern && !matches(file.name, pattern)) continue;
    hash = ((hash << 1) | (hash >>> 31)) ^ file.at ^ crc32(bytesOf(file.name));
  }
  return hash | 0;
}

function chosen(storage: Storage, appendable: boolean | undefined): FileHeader[] {
  return storage.files().filter((file) => {
    if (!file.real) return false;
    const isPart = file.flags === APPENDABLE;
    if (appendable !== undefined && appendable !== isPart) return false;
    return !isPart || file.name.endsWith('\x01');
  });
}

function matches(name: string, pattern: RegExp): boolean {
  return name.match(pattern) !== null;
}
