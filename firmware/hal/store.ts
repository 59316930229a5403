import type { Store } from '../core/contracts.ts';
import { FILE, FIRST_UNIT, UNIT } from '../core/layout.ts';

/** Bytes of one write: the ESP8266 copies them to its stack of 4 KB. */
const PIECE = 512;

/** Where the region is in flash: the file is the first of Storage, and its header takes 32 bytes. */
const REGION = BOARD.storage.address + 32 + FIRST_UNIT;

/** The firmware's pages. Make one when you need it and let it go: it costs some 25 variables. */
export function createStore(): Store {
  const storage = require('Storage');
  const flash = require('Flash');
  return {
    // Through Storage and not through Flash, because what Storage gives points into flash. Asked for no bytes, it gives
    // all of them.
    read: (offset, length) => length && storage.read(FILE, FIRST_UNIT + offset, length) || '',
    // `| 0` because `erasePage` throws at an address that the interpreter keeps as a float, as after a division.
    erase: (unit) => {
      for (let at = 0; at < UNIT; at += BOARD.storage.pageSize) flash.erasePage(REGION + unit * UNIT + at | 0);
    },
    write: (offset, bytes) => {
      for (let at = 0; at < bytes.length; at += PIECE) flash.write(bytes.substr(at, PIECE), REGION + offset + at);
    },
  };
}
