import type { Chip } from './chip.ts';
import type { Network } from './network.ts';
import type { Level } from './pins.ts';
import type { AccessPoint } from './radio.ts';
import type { Time } from './time.ts';

export interface BoardOptions {
  readonly chip: Chip['name'];
  readonly mac?: string;
  /** Content of Storage; the rest of the chip's area is erased. */
  readonly storage: Uint8Array;
  readonly time: Time;
  readonly network: Network;
  readonly onConsole?: (line: string) => void;
  /** Access points in reach; without it any name and password will do. */
  readonly accessPoints?: readonly AccessPoint[];
  /** Address that the access point hands out. */
  readonly ip?: string;
  /** Resistors on the board that pull a pin up or down, beside those without which the chip doesn't boot. */
  readonly resistors?: Readonly<Record<string, Level>>;
}

/** Why a chip started, in the ESP8266's words. */
export type ResetReason = 'power on' | 'restart' | 'soft wdt' | 'exception';
