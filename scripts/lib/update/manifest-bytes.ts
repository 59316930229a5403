import { createHash, randomBytes } from 'node:crypto';
import type { Board } from '../../../boards/board.ts';
import { nextKey, type Digest } from '../../../firmware/core/update/hmac.ts';
import { encodeManifest, HASH, type Manifest } from '../../../firmware/core/update/manifest.ts';
import { cut, type PushedImage } from './image-file.ts';

/** The digest that a board has built in, over strings of bytes. */
export function digestOf({ digest }: Board): Digest {
  return (bytes) => createHash(digest).update(bytes, 'latin1').digest().toString('latin1');
}

/** The manifest by which one device is told to run an image. */
export function manifestToRun(
  id: string, image: PushedImage, serial: number, force: boolean, key: string,
): Buffer {
  const { board, name, version, bytes } = image;
  return sign({
    serial, to: id, do: 'run', image: name, board: board.id, version, size: bytes.length, chunk: board.chunk,
    ...(force ? { force: 1 } : {}),
  }, listOf(image), key, board);
}

/** The manifest by which one device is sent back to the image in its other slot. */
export function manifestToGoBack(id: string, board: Board, serial: number, key: string): Buffer {
  return sign({ serial, to: id, do: 'back' }, '', key, board);
}

/** The manifest by which one device makes itself a new key, and that key. */
export function manifestToChangeKey(
  id: string, board: Board, serial: number, key: string, salt = randomBytes(16).toString('hex'),
): { manifest: Buffer; next: string } {
  const manifest = sign({ serial, to: id, do: 'key', salt }, '', key, board);
  return { manifest, next: nextKey(digestOf(board), key, salt) };
}

/** Lists that were made: many devices get the same. */
const lists = new WeakMap<PushedImage, string>();

/** The beginnings of the digests of an image's chunks. */
function listOf(image: PushedImage): string {
  const known = lists.get(image);
  if (known !== undefined) return known;
  const { bytes, board } = image;
  const digest = digestOf(board);
  const list = cut(bytes, board.chunk).map((piece) => digest(piece.toString('latin1')).slice(0, HASH)).join('');
  lists.set(image, list);
  return list;
}

function sign(manifest: Manifest, list: string, key: string, board: Board): Buffer {
  return Buffer.from(encodeManifest(manifest, list, key, digestOf(board)), 'latin1');
}
