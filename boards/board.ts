/** The kinds of chip that differ for the firmware. */
export type Chip = 'esp8266' | 'esp32' | 'esp32c3' | 'esp32s3' | 'linux';

/** A pin by Espruino's name. `D4` is GPIO4 on every chip, whatever is printed on the board. */
export type PinName = `D${number}`;

/**
 * A board: all that the firmware, the flasher, the simulated board and the docs know about it.
 * One file a board, data only, with the reason for each pin in a comment and a link to its schematic.
 */
export interface Board {
  /** Name of the file, and what `--board` takes. */
  readonly id: string;
  readonly title: string;
  readonly chip: Chip;
  /** Maker's page or schematic. */
  readonly link: string;
  /** Where else pins and levels were read, when the link does not have them all. */
  readonly sources?: readonly string[];
  /** What can kill a person or the board. Shown wherever the board is. */
  readonly warning?: string;
  /** What is to be connected for the relay, and what is there already. */
  readonly wiring: string;
  /** How a person gets the chip into its serial loader when its lines for reset do not. */
  readonly bootMode: string;
  readonly relay: {
    readonly pin: PinName;
    /** Level that energises the relay. */
    readonly on: 0 | 1;
    /** What is printed beside the pin. */
    readonly label: string;
    /** Why this pin: what it does while the chip boots. */
    readonly why: string;
  };
  /** Longest stroke that the hardware timer can end by itself, ms. Settings can only lower it. */
  readonly maxStrokeMs: number;
  readonly button?: { readonly pin: PinName; readonly pressed: 0 | 1; readonly label: string; readonly why: string };
  readonly led?: { readonly pin: PinName; readonly on: 0 | 1; readonly why: string };
  /** Where Espruino keeps Storage: flash address, and the size of an erase page, bytes. */
  readonly storage: { readonly address: number; readonly pageSize: number; readonly pages: number };
  /** Units of 4 KB in each of the two slots. */
  readonly slotUnits: number;
  /** Bytes that an image may have; the build fails above it. */
  readonly imageBudget: number;
  /** Largest MQTT packet that is kept; a larger one is skipped and counted. */
  readonly maxPacket: number;
  /** The digest that this interpreter has built in, for updates. */
  readonly digest: 'SHA1' | 'SHA256';
  /** Bytes in which an image is sent; divides a unit of flash, and fits a packet together with its topic. */
  readonly chunk: number;
  /** Whether this interpreter has `require("tls")`. */
  readonly tls: boolean;
  /** Whether this interpreter opens a console over Bluetooth, which the loader then closes. */
  readonly bluetooth: boolean;
  /** Whether `E.enableWatchdog` does anything: elsewhere the chip has one of its own, or none. */
  readonly watchdog: boolean;
  /** Where the interpreter talks: at a serial chip beside it, at the USB of the chip itself, or in a terminal. */
  readonly console: 'uart' | 'usb' | 'terminal';
}

/** Types a board's data and gives it back unchanged. */
export function defineBoard<const T extends Board>(board: T): T {
  return board;
}
