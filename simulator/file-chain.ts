import type { Flash } from './flash.ts';

/** Bytes of a file's header: size and flags in one word, then the name. */
export const HEADER = 32;
export const NAME_LENGTH = 28;
/** Flag of the parts of a file made with `Storage.open`. */
export const APPENDABLE = 64;
const UNSET = 0xFFFFFFFF;
const KNOWN_FLAGS = [0, APPENDABLE, 128];

/** A header as it lies in flash; `at` is the address of the header, `data` that of the content. */
export interface FileHeader {
  readonly at: number;
  readonly data: number;
  readonly size: number;
  readonly flags: number;
  /** As stored, up to the first NUL. */
  readonly name: string;
  /** Its first name bytes have been cleared: the space waits for compaction. */
  readonly deleted: boolean;
  /** Whether list and compaction take it. */
  readonly real: boolean;
}

export const align = (value: number): number => (value + 3) & ~3;
export const endOf = (file: FileHeader): number => align(file.data + file.size);

/** The header at an address, or undefined when what is there can't be one. */
export function headerAt(flash: Flash, at: number): FileHeader | undefined {
  const raw = Buffer.from(flash.read(at, HEADER));
  const word = raw.readUInt32LE(0);
  const size = word & 0xFFFFFF;
  if (word === UNSET || word === 0 || at + HEADER + size > flash.end) return undefined;
  const name = raw.toString('latin1', 4);
  const deleted = raw.readUInt32LE(4) === 0;
  const flags = word >>> 24;
  return {
    at, data: at + HEADER, size, flags, deleted,
    name: name.includes('\0') ? name.slice(0, name.indexOf('\0')) : name,
    real: !deleted && KNOWN_FLAGS.includes(flags),
  };
}

/** Start of the page after the one that holds `address`, or undefined at the end of Storage. */
export function nextPage(flash: Flash, address: number): number | undefined {
  const page = flash.pageOf(address);
  if (page === undefined || page + flash.pageSize >= flash.end) return undefined;
  return page + flash.pageSize;
}

/** Where a walk along the headers came to its end. */
export interface Walk {
  readonly files: FileHeader[];
  /** Where the next header would go; undefined when there is no room for one. */
  readonly stop: number | undefined;
  /** Where a header was read last. */
  readonly probe: number;
}

/**
 * Follows the headers from `from`. With `all`, a place without a header is not the end yet: the walk
 * goes on at the start of the next page, once.
 */
export function walk(flash: Flash, from: number, all: boolean): Walk {
  const files: FileHeader[] = [];
  let stop: number | undefined = from;
  let probe = from;
  let file = headerAt(flash, from);
  while (file) {
    files.push(file);
    stop = endOf(file);
    if (stop + HEADER > flash.end) return { files, stop: undefined, probe };
    file = headerAt(flash, probe = stop);
    if (file || !all) continue;
    stop = nextPage(flash, stop);
    if (stop !== undefined) file = headerAt(flash, probe = stop);
  }
  return { files, stop, probe };
}

export function isErased(flash: Flash, address: number, length: number): boolean {
  return flash.read(address, length).every((byte) => byte === 0xFF);
}

/**
 * The check at power-on: false when the chain ends in something that is neither a header nor erased.
 * Espruino then erases all of Storage, except on Bangle.js.
 */
export function isValid(flash: Flash): boolean {
  const { files, stop, probe } = walk(flash, flash.address, true);
  const last = files.at(-1);
  if (last && stop === undefined && probe === last.at) return endOf(last) <= flash.end;
  return isErased(flash, probe, files.length ? HEADER : flash.end - probe);
}
