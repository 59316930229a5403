import type { Flash } from './flash.ts';
import { align, HEADER, walk } from './file-chain.ts';

/** What `Storage.getStats()` tells, and where compaction starts. Bytes include headers. */
export interface StorageStats {
  readonly totalBytes: number;
  readonly freeBytes: number;
  readonly fileBytes: number;
  readonly fileCount: number;
  readonly trashBytes: number;
  readonly trashCount: number;
  /** Start of the first page from which something can be gained; undefined without trash. */
  readonly firstTrashPage: number | undefined;
}

export function storageStats(flash: Flash): StorageStats {
  const stats = { fileBytes: 0, fileCount: 0, trashBytes: 0, trashCount: 0 };
  let last = flash.address;
  let unbrokenPage = flash.address;
  let firstTrashPage: number | undefined;
  for (const file of walk(flash, flash.address, true).files) {
    if (flash.pageOf(file.at) === file.at) unbrokenPage = file.at;
    const bytes = align(file.size) + HEADER;
    last = file.at + bytes;
    if (file.deleted) firstTrashPage ??= unbrokenPage;
    stats[file.deleted ? 'trashBytes' : 'fileBytes'] += bytes;
    stats[file.deleted ? 'trashCount' : 'fileCount']++;
  }
  return { totalBytes: flash.bytes.length, freeBytes: flash.end - last, ...stats, firstTrashPage };
}
