/** Bytes of a header of Storage: size, then the name. */
const HEADER = 32;

/**
 * The content of a Storage with one more file at its end. `storage` has to end where the next
 * header goes, as that of `makeStorage` does. `content` is bytes, one a character.
 */
export function addFile(storage: Uint8Array, name: string, content: string): Buffer {
  const file = Buffer.alloc(HEADER + Math.ceil(content.length / 4) * 4, 0xff);
  file.fill(0, 0, HEADER);
  file.writeUInt32LE(content.length);
  file.write(name, 4, 28, 'latin1');
  file.write(content, HEADER, 'latin1');
  return Buffer.concat([storage, file]);
}
