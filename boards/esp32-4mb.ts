import { defineBoard } from './board.ts';
import type { Board } from './board.ts';

/** What Espruino makes of an ESP32 with 4 MB of flash, whatever is soldered around it. */
const SHARED = {
  chip: 'esp32',
  maxStrokeMs: 5000,
  storage: { address: 0x320000, pageSize: 4096, pages: 224 },
  slotUnits: 12,
  imageBudget: 32 * 1024,
  maxPacket: 4096,
  digest: 'SHA256',
  chunk: 1024,
  tls: true,
} as const;

/** Types the data of a board with such a module: the maker's page, and its pins. */
export function esp32With4MB<const T extends Omit<Board, keyof typeof SHARED>>(board: T): T & typeof SHARED {
  return defineBoard(Object.assign({}, SHARED, board));
}
