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
      putSettings(storage, board, readSettings('settings of the benchmark', () => text, board));
      return boot0 === '' ? storage : addFile(storage, '.boot0', boot0);
    },
  };
}

function settingsOf(wishes: Wishes, board: Board): object {
  const { port, password, lockoutMs = 0, heatMs = 600_000, windowS = 1, statsS = 300 } = wishes;
  const login = password === undefined ? {} : { username: 'bell', password };
  return {
    version: 1,
    id: BELL,
    groups: ['ground'],
    wifi: board.chip === 'linux' ? [] : [{ ssid: 'home', password: 'a password' }],
    mqtt: { host: '127.0.0.1', port, ...login },
    update: { key: KEY },
    ring: { pattern: '10', patterns: { door: '10,10,10' } },
    guard: { lockoutMs, heatMs, windowS },
    statsS,
  };
}
