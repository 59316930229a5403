import { word } from './bytes.ts';
import type { Crc } from './bytes.ts';
import type { Store } from './contracts.ts';
import { UNIT } from './layout.ts';

/**
 * Something of which flash holds two copies, in units side by side: the settings, and the manifest.
 *
 * A copy is a header of 16 bytes, then the body. Header: `BELL`; a number that counts up and the length of the body,
 * 16 bits each; the CRC-32 of the body; the CRC-32 of these twelve bytes. Numbers have their least significant byte
 * first. The header is written last, so a copy that the power cut short has none.
 */
export const COPY_HEADER = 16;

/** A whole copy that was found. */
export interface Copy {
  /** 0 or 1: which of the two places. */
  place: number;
  count: number;
  /** Where the body is, bytes from the start of the region. */
  start: number;
  length: number;
}

/** What a body may have where a copy has so many units, bytes. */
export function mostBody(units: number): number {
  return units * UNIT - COPY_HEADER;
}

/** Where the body of the copy in a place begins; `first` is the unit of place 0, and each has `units` of them. */
export function copyStart(first: number, units: number, place: number): number {
  return (first + place * units) * UNIT + COPY_HEADER;
}

/** The header of a body. */
export function copyHeader(crc: Crc, count: number, body: string): string {
  const head = 'BELL' + word(count & 0xffff | body.length << 16) + word(crc(body));
  return head + word(crc(head));
}

function readCopy(store: Store, crc: Crc, first: number, units: number, place: number): Copy | undefined {
  const start = copyStart(first, units, place);
  const header = store.read(start - COPY_HEADER, COPY_HEADER);
  const length = header.charCodeAt(6) | header.charCodeAt(7) << 8;
  const count = header.charCodeAt(4) | header.charCodeAt(5) << 8;
  if (length > mostBody(units) || copyHeader(crc, count, store.read(start, length)) !== header) return undefined;
  return { place, count, start, length };
}

/** The newest whole copy, if there is one. */
export function newestCopy(store: Store, crc: Crc, first: number, units: number): Copy | undefined {
  const one = readCopy(store, crc, first, units, 0);
  const other = readCopy(store, crc, first, units, 1);
  if (!one || !other) return one || other;
  return (other.count - one.count & 0xffff) < 0x8000 ? other : one;
}

/** Writes and reads back; false when that is not the same. */
export function writeText(store: Store, offset: number, text: string): boolean {
  store.write(offset, text);
  return store.read(offset, text.length) === text;
}

/** The place that the next copy goes to: the one that `newest` is not in. */
export function nextPlace(newest: Copy | undefined): number {
  return newest ? 1 - newest.place : 0;
}

/** Begins the next copy: erases its place. Its body is then to be written from `copyStart` on. */
export function eraseCopy(store: Store, first: number, units: number, newest: Copy | undefined): void {
  for (let i = 0; i < units; i++) store.erase(first + nextPlace(newest) * units + i);
}

/**
 * Ends the next copy, of which the body is written from `start` on: from now on it is the newest. False when the flash
 * does not take the header; then, as after a power cut at any moment, the newest copy is that of before.
 */
export function sealCopy(store: Store, crc: Crc, newest: Copy | undefined, start: number, length: number): boolean {
  const header = copyHeader(crc, newest ? newest.count + 1 : 0, store.read(start, length));
  return writeText(store, start - COPY_HEADER, header);
}
