import type { Board } from '../../boards/board.ts';
import { buildBoard } from '../lib/build.ts';
import { readSettings } from '../lib/read-settings.ts';
import { addFile } from '../lib/storage-file.ts';
import { putSettings } from '../lib/storage-image.ts';

/** The name of the bell that is measured. */
export const BELL = 'front';

/** Its key for updates. */
export const KEY = '0123456789abcdef'.repeat(4);

/** Settings under which every ring rings, but for what is given. */
export interface Wishes {
  readonly port: number;
  readonly password?: string;
  readonly lockoutMs?: number;
  readonly heatMs?: number;
  readonly windowS?: number;
  readonly statsS?: number;
  /** The networks that it knows, and seconds without one after which it opens its access point. */
  readonly wifi?: readonly { readonly ssid: string; readonly password: string }[];
  readonly afterS?: number;
  /** Whether no network is known after all. */
  readonly isBare?: boolean;
}

/** A board's firmware as it is flashed, ready to be given settings. */
export interface Firmware {
  readonly board: Board;
  /** Storage with settings, and with a program that runs before the firmware. */
  storage(wishes: Wishes, boot0?: string): Buffer;
}

/** Builds a board's firmware. */
export async function makeFirmware(board: Board): Promise<Firmware> {
  const { files } = await buildBoard(board);
  const flashed = files[`${board.id}.storage`] as Uint8Array;
  return {
    board,
    storage(wishes, boot0 = '') {
      const storage = Buffer.from(flashed);
      const text = JSON.stringify(settingsOf(wishes, board));
      const settings = readSettings('settings of the benchmark', () => text, board);
      // One without a network is refused by whoever reads settings, and yet is what comes from flashing.
      putSettings(storage, board, wishes.isBare ? { ...settings, wifi: [] } : settings);
      return boot0 === '' ? storage : addFile(storage, '.boot0', boot0);
    },
  };
}

function settingsOf(wishes: Wishes, board: Board): object {
  const { port, password, lockoutMs = 0, heatMs = 600_000, windowS = 600, statsS = 300, afterS } = wishes;
  const { wifi = [{ ssid: 'home', password: 'a password' }] } = wishes;
  const login = password === undefined ? {} : { username: 'bell', password };
  return {
    version: 1,
    id: BELL,
    groups: ['ground'],
    wifi: board.chip === 'linux' ? [] : wifi,
    mqtt: { host: '127.0.0.1', port, ...login },
    update: { key: KEY },
    ring: { pattern: '10', patterns: { door: '10,10,10' } },
    guard: { lockoutMs, heatMs, windowS },
    statsS,
    ...(afterS === undefined ? {} : { portal: { password: 'long enough', afterS } }),
  };
}
