import type { Settings } from '../../../firmware/core/config.ts';

/** Settings of a device, whose texts are bytes of UTF-8, with texts as people write them. */
export function textsFromBytes(settings: Settings): Settings {
  const decoder = new TextDecoder();
  return eachText(settings, (text) => decoder.decode(Uint8Array.from(text, (byte) => byte.charCodeAt(0))));
}

/** The same value with each text as a device has it: a character a byte of UTF-8. */
export function textsToBytes<T>(value: T): T {
  const encoder = new TextEncoder();
  return eachText(value, (text) => Array.from(encoder.encode(text), (byte) => String.fromCharCode(byte)).join(''));
}

function eachText<T>(value: T, change: (text: string) => string): T {
  const text = JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'string' ? change(inner) : inner));
  return JSON.parse(text) as T;
}
