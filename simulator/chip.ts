/** What differs between the chips for code that runs on them. Sources: Espruino's board files and targets. */
export interface Chip {
  readonly name: 'esp8266' | 'esp32' | 'esp32c3' | 'esp32s3' | 'linux';
  /** Whose port of Espruino it runs: the three ESP32 share one. */
  readonly family: 'esp8266' | 'esp32' | 'linux';
  /** `process.env.BOARD`. */
  readonly board: string;
  /** Flash address of Storage, its erase pages and their size in bytes. */
  readonly storage: { readonly address: number; readonly pages: number; readonly pageSize: number };
  /** Most bytes that one 'data' event or one send carries. */
  readonly chunk: number;
  readonly maxSockets: number;
  readonly variables: number;
  readonly variableBytes: number;
  /** From power or reset to the first line of JavaScript, ms. */
  readonly bootMs: number;
  /** Time without return to the system after which the chip resets itself, ms; 0: never. */
  readonly softWatchdogMs: number;
  /** Range of the hardware timer behind `digitalPulse`, ms: longer ones wrap round. */
  readonly pulseRangeMs: number;
  readonly pins: readonly number[];
  /** Pins that are high from power or reset until code sets them. */
  readonly highAtReset: readonly number[];
  /** Pins that `load()` and `reset()` make inputs with pull-up. */
  readonly pullUpAtLoad: readonly number[];
  /** Pins without an interrupt: a watch on them never fires. */
  readonly unwatched: readonly number[];
  /** Whether its access point ends when the station starts, and the other way round. */
  readonly isEitherOr?: boolean;
  /** Pins that every board of this chip pulls up or down with a resistor, because it would not boot otherwise. */
  readonly resistors: Readonly<Record<string, 0 | 1>>;
  readonly modules: string;
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const COMMON = 'timer,Flash,Storage,heatshrink,net,dgram,http,NetworkJS';
const ESP32_PULL_UPS = [0, 12, 13, 14, 15, 18, 19, 21, 22, 25, 26, 27];
/** Of 34 to 39 too, which on an ESP32 are inputs without resistors. */
const ESP32_S3_PULL_UPS = [...ESP32_PULL_UPS, 34, 35, 36, 37, 38, 39];

/** What the builds of Espruino for the three ESP32 have in common. Variables: as many as the heap has room for. */
const ESP32_FAMILY = {
  family: 'esp32',
  storage: { address: 0x320000, pages: 224, pageSize: 4096 },
  chunk: 536, maxSockets: 10, variables: 5000, variableBytes: 14,
  bootMs: 500, softWatchdogMs: 0, pulseRangeMs: Infinity,
} as const;

export const CHIPS: Readonly<Record<Chip['name'], Chip>> = {
  esp8266: {
    name: 'esp8266', family: 'esp8266', board: 'ESP8266_4MB',
    storage: { address: 0xCB000, pages: 48, pageSize: 4096 },
    chunk: 268, maxSockets: 10, variables: 1600, variableBytes: 12,
    bootMs: 300, softWatchdogMs: 3200, pulseRangeMs: 0x800000 / 5000,
    pins: range(17), highAtReset: [0, 1, 2, 3, 12, 13, 14, 16], pullUpAtLoad: [0, 4, 5, 12, 13, 14, 15],
    unwatched: [16], resistors: { D0: 1, D2: 1, D15: 0 },
    modules: `${COMMON},crypto,Wifi,TelnetServer,neopixel`,
  },
  esp32: {
    ...ESP32_FAMILY, name: 'esp32', board: 'ESP32',
    pins: range(40).filter((pin) => ![20, 24, 28, 29, 30, 31].includes(pin)),
    highAtReset: [1, 3, 5, ...ESP32_PULL_UPS], pullUpAtLoad: ESP32_PULL_UPS,
    unwatched: [], resistors: { D0: 1 },
    modules: `${COMMON},crypto,tls,Wifi,TelnetServer,neopixel,fs`,
  },
  esp32c3: {
    ...ESP32_FAMILY, name: 'esp32c3', board: 'ESP32C3_IDF4', variables: 4095, variableBytes: 13,
    pins: range(22), highAtReset: [0, 6, 9, 18, 19, 20, 21], pullUpAtLoad: [],
    unwatched: [18, 19], isEitherOr: true, resistors: { D9: 1 },
    modules: `${COMMON},crypto,tls,Wifi,neopixel,fs`,
  },
  esp32s3: {
    ...ESP32_FAMILY, name: 'esp32s3', board: 'ESP32S3_IDF4',
    pins: range(49), highAtReset: [20, 43, 44, ...ESP32_S3_PULL_UPS], pullUpAtLoad: ESP32_S3_PULL_UPS,
    unwatched: [6, 7, 8, 9, 10, 11, 12], resistors: { D0: 1 },
    modules: `${COMMON},crypto,tls,Wifi,TelnetServer,neopixel,fs`,
  },
  linux: {
    name: 'linux', family: 'linux', board: 'LINUX',
    storage: { address: 0x10000000, pages: 256, pageSize: 1024 },
    chunk: 536, maxSockets: 1000, variables: 4096, variableBytes: 27,
    bootMs: 0, softWatchdogMs: 0, pulseRangeMs: Infinity,
    pins: range(33), highAtReset: [], pullUpAtLoad: [],
    unwatched: range(33), resistors: {},
    modules: `${COMMON},TelnetServer,crypto,tls,fs,tensorflow`,
  },
};
