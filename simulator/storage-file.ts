import { bytesOf, textOf } from './bytes.ts';
import { APPENDABLE, HEADER } from './file-chain.ts';
import type { FileHeader } from './file-chain.ts';
import type { Interpreter } from './interpreter.ts';
import { StorageError } from './storage.ts';
import type { Storage } from './storage.ts';

type Mode = 'r' | 'w' | 'a';
const LAST_PART = 255;

/** `Storage.open`: a file in numbered parts, to which text without 0xFF can be appended. */
export function openFile(interpreter: Interpreter, storage: Storage, name: string, mode: unknown): object {
  if (mode !== 'r' && mode !== 'w' && mode !== 'a') {
    throw interpreter.error(`Invalid mode ${JSON.stringify(mode) ?? 'undefined'}`);
  }
  const file = new PartedFile(storage, name.slice(0, 27), mode);
  const guard = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw error instanceof StorageError ? interpreter.error(error.message) : error;
    }
  };
  return interpreter.object({
    read: (length: number) => guard(() => file.read(Math.max(0, Number(length) || 0))),
    readLine: () => guard(() => file.readLine()),
    write: (data: unknown) => { guard(() => { file.write(bytesOf(String(data))); }); },
    getLength: () => file.length(),
    erase: () => { file.erase(); },
  });
}

class PartedFile {
  private part = 1;
  private offset = 0;
  private mode: Mode | undefined;

  constructor(private readonly storage: Storage, private readonly name: string, mode: Mode) {
    this.mode = mode;
    if (mode === 'w') {
      this.erase();
      this.mode = mode;
    }
    if (mode === 'a') this.seekEnd();
  }

  read(length: number): string | undefined {
    if (this.mode !== 'r') throw new StorageError("Can't read in this mode");
    let text = '';
    while (text.length < length) {
      const piece = this.piece(length - text.length);
      if (!piece) break;
      text += piece;
    }
    return text || undefined;
  }

  readLine(): string | undefined {
    let line = '';
    while (!line.endsWith('\n')) {
      const char = this.read(1);
      if (char === undefined) break;
      line += char;
    }
    return line || undefined;
  }

  write(data: Uint8Array): void {
    if (this.mode !== 'w' && this.mode !== 'a') throw new StorageError("Can't write in this mode");
    if (!data.length) return;
    const header = this.header();
    if (!header) return this.start(data);
    const room = header.size - this.offset;
    this.storage.writeBytes(header.data + this.offset, data.subarray(0, room));
    this.offset += Math.min(room, data.length);
    if (data.length < room) return;
    if (this.part === LAST_PART) throw new StorageError('File too big!');
    this.part++;
    this.start(data.subarray(room));
  }

  length(): number {
    let total = 0;
    for (let part = 1; part <= LAST_PART; part++) {
      const header = this.header(part);
      if (!header) break;
      total += this.used(header);
      if (this.used(header) < header.size) break;
    }
    return total;
  }

  erase(): void {
    for (let part = 1; this.storage.erase(this.partName(part)); part++);
    this.part = 1;
    this.offset = 0;
    this.mode = undefined;
  }

  private start(data: Uint8Array): void {
    try {
      const size = Math.min(4096, this.storage.flash.pageSize) - HEADER;
      this.storage.write(this.partName(this.part), data, 0, size, APPENDABLE);
      this.offset = data.length;
    } catch (error) {
      this.mode = undefined;
      throw error;
    }
  }

  private piece(length: number): string {
    let header = this.header();
    if (header && this.offset >= header.size && this.part < LAST_PART) {
      this.part++;
      this.offset = 0;
      header = this.header();
    }
    if (!header) return '';
    const room = header.size - this.offset;
    const text = textOf(this.storage.flash.read(header.data + this.offset, Math.min(length, room)));
    const used = text.includes('\xFF') ? text.slice(0, text.indexOf('\xFF')) : text;
    this.offset += used.length;
    return used;
  }

  private seekEnd(): void {
    for (let header = this.header(); header; header = this.header()) {
      this.offset = this.used(header);
      if (this.offset < header.size || this.part === LAST_PART) return;
      this.part++;
      this.offset = 0;
    }
  }

  private used(header: FileHeader): number {
    const end = this.storage.flash.read(header.data, header.size).indexOf(0xFF);
    return end < 0 ? header.size : end;
  }

  private header(part = this.part): FileHeader | undefined {
    return this.storage.find(this.partName(part));
  }

  private partName(part: number): string {
    return this.name + String.fromCharCode(part);
  }
}
