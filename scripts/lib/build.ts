import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Board } from '../../boards/board.ts';
import { refuseRelayPin } from '../../boards/unsafe-pins.ts';
import { makeBundle } from './bundle.ts';
import { Failure } from './failure.ts';
import { makeImage } from './image.ts';
import { version } from './paths.ts';
import { pretokenise } from './pretokenise.ts';
import type { BoardSizes } from './sizes.ts';
import { makeStorage, padLoader } from './storage-image.ts';

/** Everything that is made for one board. */
export interface Built {
  readonly sizes: BoardSizes;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
}

/**
 * Makes a board's bundle, image, loader and Storage in memory. What is flashed is tokenised (see `pretokenise.ts`).
 * Throws a Failure that says where.
 */
export async function buildBoard(board: Board): Promise<Built> {
  const refusal = refuseRelayPin(board.chip, board.relay.pin);
  if (refusal !== '') throw new Failure(`The relay of ${board.id} is on a pin that must not have one: ${refusal}`);
  const [bundle, loaderText, portalText] = await Promise.all([
    makeBundle(board, 'app'), makeBundle(board, 'loader'), hasPortal(board) ? makeBundle(board, 'portal') : undefined,
  ]);
  const image = makeImage(board, pretokenise(bundle), version());
  const loader = pretokenise(loaderText);
  const portal = portalText === undefined ? undefined : pretokenise(portalText);
  const storage = await makeStorage(board, image, loader, portal === undefined ? {} : { portal });
  return {
    sizes: {
      bundle: bundle.length,
      image: image.length,
      budget: board.imageBudget,
      loaderText: loaderText.length,
      loader: loader.length,
      loaderBudget: padLoader(loader).length,
      portal: portal?.length ?? 0,
      storage: storage.length,
    },
    files: {
      [`${board.id}.js`]: bundle,
      [`${board.id}.boot.js`]: loaderText,
      ...(portalText === undefined ? {} : { [`${board.id}.portal.js`]: portalText }),
      [`${board.id}.image`]: image,
      [`${board.id}.storage`]: storage,
    },
  };
}

/** Whether a board opens an access point: Espruino for Linux has no radio of its own. */
function hasPortal({ chip }: Board): boolean {
  return chip !== 'linux';
}

/** Writes files into a directory, which is made when it is missing. */
export function writeFiles(directory: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  mkdirSync(directory, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
}
