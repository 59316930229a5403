import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Board } from '../../boards/board.ts';
import { dist } from '../../scripts/lib/paths.ts';
import { readSettings } from '../../scripts/lib/read-settings.ts';
import { putSettings } from '../../scripts/lib/storage-image.ts';

/** Settings as a person writes them. */
export type Json = Readonly<Record<string, unknown>>;

/** The Storage of a new board, as `npm run build` made it, with these settings in it. */
export function flashed(board: Board, settings: Json): Buffer {
  const storage = readFileSync(join(dist, `${board.id}.storage`));
  putSettings(storage, board, readSettings('bell.json', () => JSON.stringify(settings), board));
  return storage;
}
