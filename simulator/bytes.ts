import { typeName } from './type-name.ts';

/** Bytes of a string as the chips see it: one a character, the low eight bits. */
export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0) & 0xFF);
}

/** String with one character a byte. */
export function textOf(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096) {
    text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  }
  return text;
}

/**
 * Bytes of a value as Espruino's native functions take it: a string, a number (one byte), an array or typed
 * array of such, an ArrayBuffer (bytes), `{data, count}`. Undefined for anything else.
 */
export function flatten(value: unknown): Uint8Array | undefined {
  if (typeof value === 'string') return bytesOf(value);
  if (typeof value === 'number' || typeof value === 'boolean') return Uint8Array.of(Number(value) & 0xFF);
  if (value === null || typeof value !== 'object') return undefined;
  if (ArrayBuffer.isView(value) && 'length' in value) {
    return Uint8Array.from(value as Uint8Array, (item) => item & 0xFF);
  }
  if (typeName(value) === 'ArrayBuffer') return new Uint8Array(value as ArrayBuffer).slice();
  if (Array.isArray(value)) return joined(value.map(flatten));
  const { data, count } = value as { data?: unknown; count?: number };
  return data === undefined ? undefined : joined(Array.from({ length: count ?? 1 }, () => flatten(data)));
}

function joined(parts: (Uint8Array | undefined)[]): Uint8Array | undefined {
  return parts.includes(undefined) ? undefined : new Uint8Array(Buffer.concat(parts as Uint8Array[]));
}

/** CRC-32 as `E.CRC32` gives it. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xFFFFFFFF;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xEDB88320 : 0);
  }
  return (crc ^ 0xFFFFFFFF) >>> 0;
}
