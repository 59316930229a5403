import type { Crc } from '../bytes.ts';
import type { Store } from '../contracts.ts';
import { SLOTS, UNIT } from '../layout.ts';

/** Bytes in front of the code of an image. */
export const HEADER = 128;

/** What the header of an image says. */
export interface Image {
  version: string;
  /** Id of the board that the image is for. */
  board: string;
  /** Bytes of code behind the header. */
  size: number;
  /** CRC-32 of the code. */
  crc: number;
}

/** Where a slot starts in the region, bytes. */
export function slotOffset(slot: number, slotUnits: number): number {
  return (SLOTS + slot * slotUnits) * UNIT;
}

/** The header of an image, `HEADER` bytes: JSON, padded with spaces, closed by a line feed. */
export function makeHeader(image: Image): string {
  const text = JSON.stringify({
    bell: 1, version: image.version, board: image.board, size: image.size, crc: image.crc >>> 0,
  });
  if (text.length >= HEADER) throw new Error('the header of an image has no room for ' + text);
  return text.padEnd(HEADER - 1) + '\n';
}

/** What a header says, or undefined when it is none. Never throws. */
export function parseHeader(bytes: string): Image | undefined {
  if (bytes.slice(0, 10) !== '{"bell":1,') return undefined;
  let image;
  try {
    image = JSON.parse(bytes);
  } catch {
    return undefined;
  }
  return typeof image.version === 'string' && typeof image.board === 'string' &&
    typeof image.size === 'number' && typeof image.crc === 'number' ? image : undefined;
}

/** Why the image in a slot must not run here, in words, or '' when it may. */
export function imageFault(store: Store, crc: Crc, slot: number, slotUnits: number, board: string): string {
  const start = slotOffset(slot, slotUnits);
  const image = parseHeader(store.read(start, HEADER));
  if (!image) return 'is empty';
  if (image.board !== board) return 'is for another board';
  if (!(image.size > 0 && image.size <= slotUnits * UNIT - HEADER)) return 'is damaged';
  // Both sides as 32-bit integers: Espruino's CRC32 is unsigned, and a float above 2^31.
  return (crc(store.read(start + HEADER, image.size)) | 0) === (image.crc | 0) ? '' : 'is damaged';
}
