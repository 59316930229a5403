/**
 * The digest that the chip has built in, from a string of bytes to one. What is digested is copied into one piece
 * first: the chip's code for it wants neither a string in pieces, for which it takes the stack, nor one in flash.
 */
export function digest(bytes: string): string {
  const crypto = require('crypto');
  const flat = E.toFlatString(bytes) || bytes;
  return E.toString(BOARD.digest === 'SHA1' ? crypto.SHA1(flat) : crypto.SHA256(flat)) || '';
}
