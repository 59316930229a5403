/** A digest of a string of bytes, as a string of bytes: SHA-1 or SHA-256, whichever the chip has built in. */
export type Digest = (bytes: string) => string;

/** Bytes of a block of SHA-1 and of SHA-256: exactly the length of a key. */
export const BLOCK = 64;

/** HMAC (RFC 2104) of a message, from a place in it on, under a key of exactly `BLOCK` bytes. */
export function hmac(digest: Digest, key: string, message: string, from: number): string {
  let inner = '';
  let outer = '';
  for (let i = 0; i < BLOCK; i++) {
    const code = key.charCodeAt(i);
    inner += String.fromCharCode(code ^ 0x36);
    outer += String.fromCharCode(code ^ 0x5c);
  }
  return digest(outer + digest(inner + message.substr(from)));
}

function hex(bytes: string): string {
  let digits = '';
  for (let i = 0; i < bytes.length; i++) digits += (256 + bytes.charCodeAt(i)).toString(16).substr(1);
  return digits;
}

/**
 * The key that follows `key` when a manifest brings this salt. It is made on both sides, so that it never travels; who
 * knows the old key and hears the salt knows the new one too.
 */
export function nextKey(digest: Digest, key: string, salt: string): string {
  const first = hmac(digest, key, 'mqtt-bell key ' + salt, 0);
  return hex(first + hmac(digest, key, 'mqtt-bell key 2 ' + salt, 0)).substr(0, BLOCK);
}
