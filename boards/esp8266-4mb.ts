import { defineBoard } from './board.ts';
import type { Board } from './board.ts';

/** What Espruino makes of an ESP8266 with 4 MB of flash, whatever is soldered around it. */
const SHARED = {
  chip: 'esp8266',
  maxStrokeMs: 1500,
  storage: { address: 0xcb000, pageSize: 4096, pages: 48 },
  slotUnits: 7,
  imageBudget: 24 * 1024,
  maxPacket: 1024,
  digest: 'SHA1',
  chunk: 512,
  tls: false,
  bluetooth: false,
  // `E.enableWatchdog` only logs on this chip; that of its own system bites after 3 s.
  watchdog: false,
  console: 'uart',
} as const;

/** Types the data of a board with such a module: the maker's page, and its pins. */
export function esp8266With4MB<const T extends Omit<Board, keyof typeof SHARED>>(board: T): T & typeof SHARED {
  return defineBoard(Object.assign({}, SHARED, board));
}
