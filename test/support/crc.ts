import { crc32 } from 'node:zlib';

/** `E.CRC32` for tests: CRC-32 of a string of bytes, unsigned. */
export function crc(bytes: string): number {
  return crc32(Buffer.from(bytes, 'latin1'));
}
