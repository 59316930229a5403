import type { Board } from '../../boards/board.ts';
import type { Role } from '../../workshop/cast.ts';
import { buildBoard, writeFiles } from './build.ts';
import { dist } from './paths.ts';
import { readSettings } from './read-settings.ts';
import { putSettings } from './put-settings.ts';

/** Gives the content of Storage that a device of the workshop starts from. */
export type Flasher = (role: Role) => Promise<Uint8Array>;

/** Makes the content of Storage for each board that is asked for, once, and leaves what it made in dist/. */
export function makeFirmware(): (board: Board) => Promise<Uint8Array> {
  const made = new Map<Board, Promise<Uint8Array>>();
  return (board) => {
    const storage = made.get(board) ?? build(board);
    made.set(board, storage);
    // What could not be made may be possible later.
    storage.catch(() => made.delete(board));
    return storage;
  };
}

/**
 * Builds the firmware of these roles and gives what flashes a device with it: the very bytes that a board gets, and
 * its settings beside them as the device itself would have written them.
 */
export async function makeFlasher(roles: readonly Role[], firmware = makeFirmware()): Promise<Flasher> {
  await Promise.all(roles.map(({ board }) => firmware(board)));
  return async ({ id, board, settings }) => {
    const storage = Uint8Array.from(await firmware(board));
    putSettings(storage, board, readSettings(`${id}.json`, () => JSON.stringify(settings), board));
    return storage;
  };
}

async function build(board: Board): Promise<Uint8Array> {
  const { files } = await buildBoard(board);
  writeFiles(dist, files);
  return files[`${board.id}.storage`] as Uint8Array;
}
