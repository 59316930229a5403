import { crc32 } from 'node:zlib';
import type { Board } from '../../boards/board.ts';
import { makeHeader } from '../../firmware/core/boot/image.ts';
import { UNIT } from '../../firmware/core/layout.ts';
import { Failure } from './failure.ts';

/**
 * Code with the header that the loader checks before it runs it. Throws a Failure when the result
 * does not fit the board's budget or slot.
 */
export function makeImage(board: Board, code: string, version: string): Buffer {
  const bytes = Buffer.from(code, 'latin1');
  const header = makeHeader({ version, board: board.id, size: bytes.length, crc: crc32(bytes) });
  const image = Buffer.concat([Buffer.from(header, 'latin1'), bytes]);
  checkSize(board, image.length);
  return image;
}

function checkSize(board: Board, size: number): void {
  const room = Math.min(board.imageBudget, board.slotUnits * UNIT);
  if (size <= room) return;
  throw new Failure(
    `The image for ${board.id} has ${size} bytes, ${size - room} more than the ${room} that it may have`,
    'Make the firmware smaller, or leave out a part that this board does not need.',
  );
}
