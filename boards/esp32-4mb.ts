import { defineBoard } from './board.ts';
import type { Board } from './board.ts';

/**
 * What Espruino makes of each chip of this family, whatever is soldered around it. Its sources, at 2v29:
 * `boards/ESP32.py`, `ESP32C3_IDF4.py` and `ESP32S3_IDF4.py` for Storage, libraries (TLS, SHA-256, Bluetooth) and the
 * console; `targets/esp32/jshardware.c` for the watchdog; `targets/esp32/rtosutil.c` for the timer that ends a
 * stroke, which counts microseconds in 64 bits on all three; `libs/network/esp32` for what a packet may have.
 */
const FAMILY = {
  maxStrokeMs: 5000,
  storage: { address: 0x320000, pageSize: 4096, pages: 224 },
  slotUnits: 12,
  imageBudget: 32 * 1024,
  maxPacket: 4096,
  digest: 'SHA256',
  chunk: 1024,
  tls: true,
  bluetooth: true,
  watchdog: true,
} as const;

const ESP32 = Object.assign({}, FAMILY, { chip: 'esp32', console: 'uart' } as const);
/** `ESPR_USE_USB_SERIAL_JTAG` leads the console of these two to the USB of the chip, and to no other port. */
const ESP32_C3 = Object.assign({}, FAMILY, { chip: 'esp32c3', console: 'usb' } as const);
const ESP32_S3 = Object.assign({}, FAMILY, { chip: 'esp32s3', console: 'usb' } as const);

/** Types the data of a board with an ESP32 and 4 MB of flash: the maker's page, and its pins. */
export function esp32With4MB<const T extends Omit<Board, keyof typeof ESP32>>(board: T): T & typeof ESP32 {
  return defineBoard(Object.assign({}, ESP32, board));
}

/** The same for an ESP32-C3 with 4 MB of flash. */
export function esp32c3With4MB<const T extends Omit<Board, keyof typeof ESP32_C3>>(board: T): T & typeof ESP32_C3 {
  return defineBoard(Object.assign({}, ESP32_C3, board));
}

/** The same for an ESP32-S3: its interpreter wants 8 MB of flash, and keeps Storage where the others do. */
export function esp32s3With8MB<const T extends Omit<Board, keyof typeof ESP32_S3>>(board: T): T & typeof ESP32_S3 {
  return defineBoard(Object.assign({}, ESP32_S3, board));
}
