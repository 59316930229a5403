import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Board } from '../../boards/board.ts';
import { refuseRelayPin } from '../../boards/unsafe-pins.ts';
import { makeBundle } from './bundle.ts';
import { Failure } from './failure.ts';
import { makeImage } from './image.ts';
import { version } from './paths.ts';
import type { BoardSizes } from './sizes.ts';
import { makeStorage, padLoader } from './storage-image.ts';

/** Everything that is made for one board. */
export interface Built {
  readonly sizes: BoardSizes;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
}

/** Makes a board's bundle, image, loader and Storage in memory. Throws a Failure that says where. */
export async function buildBoard(board: Board): Promise<Built> {
  const refusal = refuseRelayPin(board.chip, board.relay.pin);
  if (refusal !== '') throw new Failure(`The relay of ${board.id} is on a pin that must not have one: ${refusal}`);
  const [bundle, loader] = await Promise.all([makeBundle(board, 'app'), makeBundle(board, 'loader')]);
  const image = makeImage(board, bundle, version());
  const storage = await makeStorage(board, image, loader);
  return {
    sizes: {
      bundle: bundle.length,
      image: image.length,
      budget: board.imageBudget,
      loader: loader.length,
      loaderBudget: padLoader(loader).length,
      storage: storage.length,
    },
    files: {
      [`${board.id}.js`]: bundle,
      [`${board.id}.boot.js`]: loader,
      [`${board.id}.image`]: image,
      [`${board.id}.storage`]: storage,
    },
  };
}

/** Writes files into a directory, which is made when it is missing. */
export function writeFiles(directory: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  mkdirSync(directory, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
}
