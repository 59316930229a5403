import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Board } from '../../../boards/board.ts';
import { HEADER, parseHeader } from '../../../firmware/core/boot/image.ts';
import { UNIT } from '../../../firmware/core/layout.ts';
import { findBoard } from '../../../boards/index.ts';
import { Failure } from '../failure.ts';

/** An image as it is pushed. */
export interface PushedImage {
  /** Its name in topics: the first 16 hex digits of its SHA-256. */
  readonly name: string;
  readonly board: Board;
  readonly version: string;
  readonly bytes: Buffer;
}

/** Checks an image as the device will and gives it its name. `source` names it in a Failure. */
export function readImage(bytes: Buffer, source: string): PushedImage {
  const header = parseHeader(bytes.toString('latin1', 0, HEADER));
  if (!header) throw new Failure(`${source} is no image`, 'Take dist/<board>.image, which npm run build makes.');
  const code = bytes.subarray(HEADER);
  if (header.size !== code.length || header.crc !== crc32(code)) throw new Failure(`${source} is damaged`);
  const board = findBoard(header.board);
  if (!board) throw new Failure(`${source} is for the board "${header.board}", which is unknown here`);
  if (bytes.length > board.slotUnits * UNIT) throw new Failure(`${source} is larger than a slot of ${board.id}`);
  const name = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return { name, board, version: header.version, bytes };
}

/** The image in pieces of so many bytes; the last one may be shorter. */
export function cut(bytes: Buffer, size: number): Buffer[] {
  const count = Math.ceil(bytes.length / size);
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
}
