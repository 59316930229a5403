import type { Board } from '../../boards/board.ts';
import type { Store } from '../../firmware/core/contracts.ts';
import { fileLength, FIRST_UNIT } from '../../firmware/core/layout.ts';
import { bytesStore } from './flash/bytes-store.ts';

/** Offset of the firmware's pages in Storage: behind the header of their file and its first piece. */
const START = 32 + FIRST_UNIT;

/** The firmware's pages inside the content of a Storage, with the rules of flash: a write only clears bits. */
export function regionStore(storage: Uint8Array, board: Board): Store {
  const pages = bytesStore(storage.subarray(START, 32 + fileLength(board.slotUnits)));
  return {
    ...pages,
    write(offset, bytes) {
      if (offset % 4 !== 0 || bytes.length % 4 !== 0) throw new Error(`write of ${bytes.length} bytes at ${offset}`);
      pages.write(offset, bytes);
    },
  };
}
