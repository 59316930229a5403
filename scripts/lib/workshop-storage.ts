import type { Board } from '../../boards/board.ts';
import type { Role } from '../../workshop/cast.ts';
import { buildBoard, writeFiles } from './build.ts';
import { dist } from './paths.ts';
import { readSettings } from './read-settings.ts';
import { putSettings } from './storage-image.ts';

/** Gives the content of Storage that a device of the workshop starts from. */
export type Flasher = (role: Role) => Promise<Uint8Array>;

/**
 * Builds the firmware of these roles into dist/ and gives what flashes a device with it: the very bytes
 * that a board gets, and its settings beside them as the device itself would have written them.
 */
export async function makeFlasher(roles: readonly Role[]): Promise<Flasher> {
  const boards = new Set(roles.map(({ board }) => board));
  const storages = new Map(await Promise.all([...boards].map(storageOf)));
  return async ({ id, board, settings }) => {
    const storage = Uint8Array.from(storages.get(board) ?? []);
    await putSettings(storage, board, readSettings(`${id}.json`, () => JSON.stringify(settings), board));
    return storage;
  };
}

async function storageOf(board: Board): Promise<[Board, Uint8Array]> {
  const { files } = await buildBoard(board);
  writeFiles(dist, files);
  return [board, files[`${board.id}.storage`] as Uint8Array];
}
