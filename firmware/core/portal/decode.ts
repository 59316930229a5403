const HEX = '0123456789abcdef';

/** The byte that two hexadecimal digits say, or -1. */
function byteOf(digits: string): number {
  const high = HEX.indexOf(digits.charAt(0).toLowerCase());
  const low = HEX.indexOf(digits.charAt(1).toLowerCase());
  return digits.length === 2 && high >= 0 && low >= 0 ? high * 16 + low : -1;
}

/**
 * A value of a form (application/x-www-form-urlencoded) as bytes. Undefined when it is none, or has a byte that no
 * setting may have: below 32, or 127.
 */
export function decode(text: string): string | undefined {
  const parts = text.split('+').join(' ').split('%');
  let bytes = parts[0] as string;
  for (let i = 1; i < parts.length; i++) {
    const part = parts[i] as string;
    const code = byteOf(part.substr(0, 2));
    if (code < 0) return undefined;
    bytes += String.fromCharCode(code) + part.substr(2);
  }
  for (let i = 0; i < bytes.length; i++) {
    const code = bytes.charCodeAt(i);
    if (code < 32 || code === 127) return undefined;
  }
  return bytes;
}
