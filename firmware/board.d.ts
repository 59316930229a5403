/**
 * The board that a bundle is made for. Each constant is replaced by its value when the bundle is
 * built (`scripts/lib/defines.ts`), so name it in full: `BOARD.relay.pin`, never
 * `const relay = BOARD.relay`. A branch on one of them that cannot be taken leaves no bytes.
 */
declare const BOARD: {
  readonly id: string;
  readonly chip: 'esp8266' | 'esp32' | 'esp32c3' | 'esp32s3' | 'linux';
  /** The version in package.json. */
  readonly version: string;
  readonly relay: { readonly pin: string; readonly on: 0 | 1 };
  /** Longest stroke that the hardware timer ends by itself, ms. */
  readonly maxStrokeMs: number;
  readonly button?: { readonly pin: string; readonly pressed: 0 | 1 };
  readonly led?: { readonly pin: string; readonly on: 0 | 1 };
  /** Where Storage is in flash, its erase page and its size, bytes. */
  readonly storage: { readonly address: number; readonly pageSize: number; readonly pages: number };
  readonly slotUnits: number;
  /** Largest MQTT packet that is kept, bytes. */
  readonly maxPacket: number;
  /** The digest that `require('crypto')` has. */
  readonly digest: 'SHA1' | 'SHA256';
  readonly tls: boolean;
  /** Whether the interpreter opens a console over Bluetooth. */
  readonly bluetooth: boolean;
  /** Whether `E.enableWatchdog` does anything. */
  readonly watchdog: boolean;
};
