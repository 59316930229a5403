const SPACE = 32;
const PERCENT = 37;
const PLUS = 43;
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
  let bytes = '';
  // Byte by byte, because a list of parts costs more than the text.
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code === PLUS) code = SPACE;
    if (code === PERCENT) {
      code = byteOf(text.substr(i + 1, 2));
      i += 2;
    }
    if (code < SPACE || code === 127) return undefined;
    bytes += String.fromCharCode(code);
  }
  return bytes;
}
