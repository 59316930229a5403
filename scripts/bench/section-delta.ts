import { constants, deflateRawSync } from 'node:zlib';
import type { PushedImage } from '../lib/update/image-file.ts';
import { cut } from '../lib/update/image-file.ts';
import type { Cell, Section } from './table.ts';

/** Sizes of a chunk that are tried, bytes; a unit of flash is a multiple of each. */
const SIZES = [512, 256, 128, 64];
/** Bytes of the list in a manifest for each chunk, and of a message about one, headers of MQTT and TCP included. */
const ENTRY = 12;

/** How much of an image a device would have already, if it looked for chunks in the image before. */
export function deltaSection(before: PushedImage, after: PushedImage): Section {
  const rows = SIZES.map((size): Cell[] => {
    const pieces = cut(after.bytes, size);
    const share = (found: (piece: Buffer, index: number) => boolean): Cell => {
      return Math.round((1000 * pieces.filter(found).length) / pieces.length) / 10;
    };
    const aligned = new Set(cut(before.bytes, size).map((piece) => piece.toString('latin1')));
    return [
      size, pieces.length, pieces.length * ENTRY,
      share((piece, index) => before.bytes.subarray(index * size, index * size + piece.length).equals(piece)),
      share((piece) => aligned.has(piece.toString('latin1'))),
      share((piece) => before.bytes.includes(piece)),
    ];
  });
  return {
    id: 'delta',
    title: 'Chunks that the image before has already',
    notes: [
      `From ${nameOf(before)} to ${nameOf(after)}. The last column is a bound that no scheme of chunks can pass: it `
      + 'finds a chunk at any byte of the image before, which a device could not look through.',
    ],
    tables: [
      {
        title: 'Share of the new image’s chunks, %',
        head: ['chunk, bytes', 'chunks', 'list, bytes', 'at its own place', 'at any place of a chunk', 'at any byte'],
        rows,
      },
      {
        title: 'Bytes that would travel',
        head: ['how', 'bytes'],
        rows: [
          ['as it is', after.bytes.length],
          ['compressed by itself (deflate)', deflated(after.bytes)],
          ['compressed with the image before as dictionary', deflated(after.bytes, before.bytes)],
        ],
      },
    ],
  };
}

function nameOf({ name, version, board, bytes }: PushedImage): string {
  return `${version} for ${board.id} (${name}, ${bytes.length.toLocaleString('en-GB')} bytes)`;
}

function deflated(bytes: Buffer, dictionary?: Buffer): number {
  const options = { level: constants.Z_BEST_COMPRESSION, windowBits: 15, memLevel: 9 };
  return deflateRawSync(bytes, dictionary ? { ...options, dictionary } : options).length;
}
