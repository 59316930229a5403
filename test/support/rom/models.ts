import type { RomChip } from '../../../boards/interpreters.ts';

/** What tells one chip's ROM loader from another's. Facts: esptool's serial protocol, and its chip files. */
export interface Model {
  readonly name: RomChip;
  /** Word at 0x40001000. */
  readonly magic: number;
  /** Answer to GET_SECURITY_INFO; the two older chips do not know the question. */
  readonly chipId?: number;
  /** Bytes of status that the ROM puts behind its answers. The stub has 2 on every chip. */
  readonly statusBytes: 2 | 4;
  readonly spi: { readonly base: number; readonly w0: number };
  /** Words of the fuses that hold the MAC address. */
  fuses(mac: readonly number[]): Readonly<Record<number, number>>;
  /** What it prints, at its own speed, when it starts its flash and when it waits for a loader. */
  readonly bootText: readonly [app: string, download: string];
}

/** The address in two words, as the ESP32 family keeps it. */
function twoWords(address: number): Model['fuses'] {
  return ([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]) => ({
    [address]: ((c << 24) | (d << 16) | (e << 8) | f) >>> 0,
    [address + 4]: (a << 8) | b,
  });
}

export const models: Readonly<Record<RomChip, Model>> = {
  'ESP8266': {
    name: 'ESP8266',
    magic: 0xfff0c101,
    statusBytes: 2,
    spi: { base: 0x60000200, w0: 0x40 },
    fuses: ([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]) => ({
      0x3ff00050: (f << 24) >>> 0,
      0x3ff00054: (d << 8) | e,
      0x3ff0005c: (a << 16) | (b << 8) | c,
    }),
    // At 74880 baud: noise for everybody else.
    bootText: ['\x81\xfe\x1c\xe2 mode:(3,6)\xf0\r\n', '\x81\xfe\x1c\xe2 mode:(1,7)\xf0\r\n'],
  },
  'ESP32': {
    name: 'ESP32',
    magic: 0x00f01d83,
    statusBytes: 4,
    spi: { base: 0x3ff42000, w0: 0x80 },
    fuses: twoWords(0x3ff5a004),
    bootText: [
      'rst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\r\n',
      'rst:0x1 (POWERON_RESET),boot:0x3 (DOWNLOAD_BOOT(UART0/UART1/SDIO_REI_REO_V2))\r\nwaiting for download\r\n',
    ],
  },
  'ESP32-C3': {
    name: 'ESP32-C3',
    magic: 0x1b31506f,
    chipId: 5,
    statusBytes: 4,
    spi: { base: 0x60002000, w0: 0x58 },
    fuses: twoWords(0x60008844),
    bootText: ['boot:0xc (SPI_FAST_FLASH_BOOT)\r\n', 'boot:0x4 (DOWNLOAD(USB/UART0/1))\r\nwaiting for download\r\n'],
  },
  'ESP32-S3': {
    name: 'ESP32-S3',
    magic: 0x00000009,
    chipId: 9,
    statusBytes: 4,
    spi: { base: 0x60002000, w0: 0x58 },
    fuses: twoWords(0x60007044),
    bootText: ['boot:0x8 (SPI_FAST_FLASH_BOOT)\r\n', 'boot:0x0 (DOWNLOAD(USB/UART0))\r\nwaiting for download\r\n'],
  },
};
