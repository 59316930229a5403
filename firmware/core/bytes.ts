/** Small pieces that everything written to flash is made of. */

/** CRC-32 of a string of bytes (IEEE 802.3): `E.CRC32` on a device. Signed or unsigned is the same to `word`. */
export type Crc = (bytes: string) => number;

/** The low 32 bits of a number as four bytes, least significant first. */
export function word(value: number): string {
  return String.fromCharCode(value & 255, value >> 8 & 255, value >> 16 & 255, value >> 24 & 255);
}
