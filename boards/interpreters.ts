import type { Board, Chip } from './board.ts';

/** Chips that can be told apart over USB, by the names that their ROM loaders go by. */
export type RomChip = 'ESP8266' | 'ESP32' | 'ESP32-C3' | 'ESP32-S3';

/** One file of an interpreter image and its place in flash. */
export interface Part {
  readonly file: string;
  /** Address in flash. */
  readonly offset: number;
  /** SHA-256 of the file, 64 hex digits. Left out: pinned when it is used first, and kept to from then on. */
  readonly sha256?: string;
  /** The chip's system writes there itself, so that a difference says nothing. */
  readonly isAlive?: boolean;
}

/** A build of Espruino for one chip and one size of flash. */
export interface Interpreter {
  readonly id: string;
  /** What the chip calls itself. */
  readonly rom: RomChip;
  /** What a board file calls it. */
  readonly chip: Chip;
  /** Flash that this build needs, KB. A larger one may be there. */
  readonly flashKb: number;
  /** What the build calls itself, in `process.env.BOARD`: the name of its file in Espruino's `boards/`. */
  readonly build: string;
  /** As `process.version` gives it. */
  readonly version: string;
  /** The folder of the release that holds the parts; below this URL, and below `--images DIR`. */
  readonly folder: string;
  readonly parts: readonly Part[];
  /** Where this build keeps Storage. Has to be what the board file says. */
  readonly storageAddress: number;
  /**
   * Bytes 2 and 3 of the part at 0, which tell an ESP8266 how its flash is wired: mode, and size and clock. The
   * parts of the other chips carry a hash over theirs and are written as they are.
   */
  readonly flashHeader?: { readonly mode: FlashMode; readonly sizeAndClock: number };
  /** Why a bell cannot live on this build; '' when it can. */
  readonly refusal: string;
}

/** How many lines an ESP8266 uses to read its flash. The number is what its header holds. */
export const flashModes = { qio: 0, qout: 1, dio: 2, dout: 3 };
export type FlashMode = keyof typeof flashModes;

/** Where releases are published: a folder for each build. */
export const RELEASES = 'https://www.espruino.com/binaries';

const VERSION = '2v29';

/** The three parts that the two newer chips have in common. */
function idf4Parts(app: string): readonly Part[] {
  return [
    { file: 'bootloader.bin', offset: 0 },
    { file: 'partition-table.bin', offset: 0x8000 },
    { file: app, offset: 0x10000 },
  ];
}

/**
 * Every build that `bell flash` knows. Names, offsets and flash settings are those of Espruino's own
 * `targets/esp8266/README_flash.txt`, `targets/esp32/README_flash*.txt`, `make/family/ESP8266.make`,
 * `make/targets/*.make` and `boards/*.py` at version 2v29.
 *
 * Nobody publishes hashes of them, and none could be downloaded where this table was written: so no
 * part has one yet, and the tool pins on first use. The folders of ESP8266 and ESP32 are public in
 * guides for earlier versions; those of ESP32-C3 and ESP32-S3 follow from the makefiles.
 *
 * To add a version: flash one board of each chip with it, run the tests with `ESPRUINO_BIN` of the
 * same version, then change `version` and `folder` and write the hashes that `bell flash` has shown,
 * from two downloads at different times and places, into `sha256`. See docs/flashing.md.
 */
export const interpreters: readonly Interpreter[] = [
  {
    id: 'esp8266-4mb',
    rom: 'ESP8266',
    chip: 'esp8266',
    flashKb: 4096,
    build: 'ESP8266_4MB',
    version: VERSION,
    folder: `espruino_${VERSION}_esp8266_4mb`,
    parts: [
      { file: 'boot_v1.6.bin', offset: 0 },
      { file: 'espruino_esp8266_user1.bin', offset: 0x1000 },
      { file: 'esp_init_data_default.bin', offset: 0x3fc000 },
      { file: 'blank.bin', offset: 0x3fe000, isAlive: true },
    ],
    storageAddress: 0xcb000,
    // Size 4MB-c1 is 6, 80 MHz is 15.
    flashHeader: { mode: 'qio', sizeAndClock: 0x6f },
    refusal: '',
  },
  {
    id: 'esp8266-512kb',
    rom: 'ESP8266',
    chip: 'esp8266',
    flashKb: 512,
    build: 'ESP8266_BOARD',
    version: VERSION,
    folder: `espruino_${VERSION}_esp8266`,
    parts: [
      { file: 'boot_v1.6.bin', offset: 0 },
      { file: 'espruino_esp8266_user1.bin', offset: 0x1000 },
      { file: 'esp_init_data_default.bin', offset: 0x7c000 },
      { file: 'blank.bin', offset: 0x7e000, isAlive: true },
    ],
    storageAddress: 0x77000,
    flashHeader: { mode: 'qio', sizeAndClock: 0x00 },
    // espruino/Espruino issues 2687 and 2707.
    refusal: 'The interpreter for 512 KB and 1 MB of flash keeps 16 KB of Storage, less than the firmware needs, ' +
      'and has no build since 2v17 that is known to work',
  },
  {
    id: 'esp32',
    rom: 'ESP32',
    chip: 'esp32',
    flashKb: 4096,
    build: 'ESP32',
    version: VERSION,
    folder: `espruino_${VERSION}_esp32`,
    parts: [
      { file: 'bootloader.bin', offset: 0x1000 },
      { file: 'partitions_espruino.bin', offset: 0x8000 },
      { file: 'espruino_esp32.bin', offset: 0x10000 },
    ],
    storageAddress: 0x320000,
    refusal: '',
  },
  {
    id: 'esp32c3',
    rom: 'ESP32-C3',
    chip: 'esp32c3',
    flashKb: 4096,
    build: 'ESP32C3_IDF4',
    version: VERSION,
    folder: `espruino_${VERSION}_esp32c3`,
    parts: idf4Parts('espruino-esp32c3.bin'),
    storageAddress: 0x320000,
    refusal: '',
  },
  {
    id: 'esp32s3',
    rom: 'ESP32-S3',
    chip: 'esp32s3',
    // `targets/esp32/IDF4/sdkconfig_s3`: its bootloader does not start on less.
    flashKb: 8192,
    build: 'ESP32S3_IDF4',
    version: VERSION,
    folder: `espruino_${VERSION}_esp32s3`,
    parts: idf4Parts('espruino-esp32s3.bin'),
    storageAddress: 0x320000,
    refusal: '',
  },
];

/** Builds on which no bell can run, and why, as `process.env.BOARD` names them. */
export const badBuilds: Readonly<Record<string, string>> = {
  ESP8266_BOARD: 'is for 512 KB: too little room, and known to crash since 2v18',
  ESP32_IDF4: 'is a trial without TLS and SHA-256, with a watchdog that bites after 9 s',
};

/** The build that a board runs, or undefined where nothing is flashed over USB. */
export function interpreterOf(board: Board): Interpreter | undefined {
  return interpreters.find((known) => known.chip === board.chip && known.storageAddress === board.storage.address);
}

/** Where a part is published. */
export function urlOf(interpreter: Interpreter, part: Part): string {
  return `${RELEASES}/${interpreter.folder}/${part.file}`;
}
