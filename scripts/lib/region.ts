import type { Board } from '../../boards/board.ts';
import type { Store } from '../../firmware/core/contracts.ts';
import { fileLength, FIRST_UNIT, UNIT } from '../../firmware/core/layout.ts';

/** Offset of the firmware's pages in Storage: behind the header of their file and its first piece. */
const START = 32 + FIRST_UNIT;

/** The firmware's pages inside the content of a Storage, with the rules of flash: a write only clears bits. */
export function regionStore(storage: Uint8Array, board: Board): Store {
  const length = 32 + fileLength(board.slotUnits) - START;
  const region = Buffer.from(storage.buffer, storage.byteOffset + START, length);
  return {
    read: (offset, size) => region.toString('latin1', offset, offset + size),
    erase: (unit) => void region.fill(0xff, unit * UNIT, (unit + 1) * UNIT),
    write(offset, bytes) {
      if (offset % 4 !== 0 || bytes.length % 4 !== 0) throw new Error(`write of ${bytes.length} bytes at ${offset}`);
      for (let i = 0; i < bytes.length; i++) region[offset + i]! &= bytes.charCodeAt(i);
    },
  };
}
