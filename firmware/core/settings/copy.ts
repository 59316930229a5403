import { word } from '../bytes.ts';
import type { Crc } from '../bytes.ts';
import type { Store } from '../contracts.ts';
import { SETTINGS_UNITS, settingsUnit, UNIT } from '../layout.ts';

/**
 * A copy of the settings in flash: a header of 16 bytes, then the body, ASCII JSON.
 *
 * Header: `BELL`; a number that counts up and the length of the body, 16 bits each; the CRC-32 of
 * the body; the CRC-32 of these twelve bytes. Numbers have their least significant byte first. The
 * header is written last, so a copy that the power cut short has none.
 */
export const COPY_HEADER = 16;

/** Bytes that a body may have. */
export const MOST_BODY = SETTINGS_UNITS * UNIT - COPY_HEADER;

/** A whole copy that was found. */
export interface Copy {
  /** 0 or 1: which of the two places. */
  place: number;
  count: number;
  /** Where the body is, bytes from the start of the region. */
  start: number;
  length: number;
}

/** Where a place begins, bytes from the start of the region. */
export function placeOffset(place: number): number {
  return settingsUnit(place) * UNIT;
}

/** The header of a body. */
export function copyHeader(crc: Crc, count: number, body: string): string {
  const head = 'BELL' + word(count & 0xffff | body.length << 16) + word(crc(body));
  return head + word(crc(head));
}

function readCopy(store: Store, crc: Crc, place: number): Copy | undefined {
  const start = placeOffset(place) + COPY_HEADER;
  const header = store.read(start - COPY_HEADER, COPY_HEADER);
  const length = header.charCodeAt(6) | header.charCodeAt(7) << 8;
  const count = header.charCodeAt(4) | header.charCodeAt(5) << 8;
  if (length > MOST_BODY || copyHeader(crc, count, store.read(start, length)) !== header) return undefined;
  return { place, count, start, length };
}

/** The newest whole copy, if there is one. */
export function newestCopy(store: Store, crc: Crc): Copy | undefined {
  const first = readCopy(store, crc, 0);
  const second = readCopy(store, crc, 1);
  if (!first || !second) return first || second;
  return (second.count - first.count & 0xffff) < 0x8000 ? second : first;
}
