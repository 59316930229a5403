import { compact } from './compaction.ts';
import { align, HEADER, headerAt, isErased, isValid, NAME_LENGTH, nextPage, walk } from './file-chain.ts';
import type { FileHeader } from './file-chain.ts';
import type { Flash } from './flash.ts';
import { storageStats } from './storage-stats.ts';
import type { StorageStats } from './storage-stats.ts';

/** What a write failed with; the text is Espruino's. */
export class StorageError extends Error {}

/**
 * Espruino's Storage: files one after the other in flash, each behind a header.
 *
 * Not atomic, on purpose: a write first marks the old file as deleted, then writes the new header, then the
 * data. A power cut between any two of them is found at the next boot just as it was left.
 */
export class Storage {
  /** `byteWrites`: whether the flash takes writes that aren't multiples of four bytes. */
  constructor(
    readonly flash: Flash,
    private readonly byteWrites: boolean,
    private readonly print: (line: string) => void,
  ) {}

  /** Power-on check: erases everything when the chain of files is broken. */
  check(): void {
    if (isValid(this.flash)) return;
    this.print('Storage is corrupt.');
    this.print('Erasing Storage Area...');
    this.eraseAll();
    this.print('Erase complete.');
  }

  find(name: string): FileHeader | undefined {
    const wanted = name.slice(0, NAME_LENGTH);
    return this.files().find((file) => !file.deleted && file.name === wanted);
  }

  files(): FileHeader[] {
    return walk(this.flash, this.flash.address, true).files;
  }

  /** Part of a file; the whole with `length` 0. Undefined when there is no such file. */
  read(name: string, offset = 0, length = 0): Uint8Array | undefined {
    const file = this.find(name);
    if (!file) return undefined;
    const from = Math.min(Math.max(0, offset), file.size);
    const wanted = length <= 0 ? file.size : length;
    return this.flash.read(file.data + from, Math.max(0, Math.min(wanted, file.size - from)));
  }

  /** Writes all or, with `offset` and `size`, part of a file. @throws StorageError */
  write(name: string, data: Uint8Array, offset: number, size: number, flags = 0): boolean {
    if (offset < 0 || size < 0) return false;
    const total = size || data.length;
    if (!total) throw new StorageError("Can't create zero length file");
    let file = this.find(name);
    if (offset === 0 && !(file && this.isFresh(file, total, flags))) {
      if (file && this.holds(file, data, total, flags)) return true;
      if (file) this.drop(file);
      file = this.create(name, total, flags);
    }
    if (!file) throw new StorageError('Unable to find or create file');
    if (offset + data.length > file.size) throw new StorageError('Too much data for file size');
    if (!isErased(this.flash, file.data + offset, data.length)) {
      throw new StorageError('File already written with different data');
    }
    this.writeBytes(file.data + offset, data);
    return true;
  }

  erase(name: string): boolean {
    const file = this.find(name);
    if (file) this.drop(file);
    return file !== undefined;
  }

  eraseAll(): void {
    for (let page = this.flash.address; page < this.flash.end; page += this.flash.pageSize) this.flash.erase(page);
  }

  compact(): boolean {
    if (storageStats(this.flash).trashCount) this.print('Compacting... ');
    return compact(this.flash);
  }

  stats(): StorageStats {
    return storageStats(this.flash);
  }

  /** Writes any bytes: on the chips in words of four, with what is there already round the edges. */
  writeBytes(address: number, data: Uint8Array): void {
    if (!data.length) return;
    if (this.byteWrites) return this.flash.write(address, data);
    const head = Math.min(data.length, (4 - (address & 3)) & 3);
    const tail = (data.length - head) & 3;
    if (head) this.writeWord(address, data.subarray(0, head));
    if (data.length - head - tail) this.flash.write(address + head, data.subarray(head, data.length - tail));
    if (tail) this.writeWord(address + data.length - tail, data.subarray(data.length - tail));
  }

  private writeWord(address: number, bytes: Uint8Array): void {
    const start = address & ~3;
    const word = this.flash.read(start, 4);
    word.set(bytes, address - start);
    this.flash.write(start, word);
  }

  private isFresh(file: FileHeader, size: number, flags: number): boolean {
    return file.flags === flags && file.size === size && isErased(this.flash, file.data, size);
  }

  private holds(file: FileHeader, data: Uint8Array, size: number, flags: number): boolean {
    return file.size === size && file.flags === flags && data.length === size
      && Buffer.compare(this.flash.read(file.data, size), data) === 0;
  }

  private drop(file: FileHeader): void {
    this.flash.write(file.at + 4, new Uint8Array(4));
  }

  private create(name: string, size: number, flags: number): FileHeader | undefined {
    const at = this.place(align(size) + HEADER);
    if (at === undefined) return undefined;
    const header = Buffer.alloc(HEADER);
    header.writeUInt32LE((size | (flags << 24)) >>> 0, 0);
    header.write(name.slice(0, NAME_LENGTH), 4, 'latin1');
    this.flash.write(at, header);
    return headerAt(this.flash, at) ?? { at, data: at + HEADER, size, flags, name, deleted: false, real: true };
  }

  /** Address of a gap of `bytes`, after compaction when that would make one. */
  private place(bytes: number): number | undefined {
    const gap = this.gap(bytes);
    if (gap.at !== undefined || bytes >= gap.free + gap.trash || !this.compact()) return gap.at;
    return this.gap(bytes).at;
  }

  private gap(bytes: number): { at: number | undefined; free: number; trash: number } {
    let from: number | undefined = this.flash.address;
    let free = 0;
    let trash = 0;
    while (from !== undefined) {
      const { files, stop } = walk(this.flash, from, false);
      for (const file of files) if (file.deleted) trash += file.size;
      if (stop === undefined) break;
      const room = this.roomAt(stop);
      free += room;
      if (room >= bytes) return { at: stop, free, trash };
      from = nextPage(this.flash, stop);
    }
    return { at: undefined, free, trash };
  }

  private roomAt(address: number): number {
    const next = nextPage(this.flash, address);
    return (next !== undefined && headerAt(this.flash, next) ? next : this.flash.end) - address;
  }
}
