import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Board } from '../../boards/board.ts';
import { makeImage } from '../../scripts/lib/image.ts';
import { dist } from '../../scripts/lib/paths.ts';
import { pretokenise } from '../../scripts/lib/pretokenise.ts';

/** The firmware as it was built for a board, under another version; with more code behind it, if any is given. */
export function versioned(kind: Board, version: string, more = ''): Buffer {
  const built = readFileSync(join(dist, `${kind.id}.js`), 'latin1');
  const own = /"(\d+\.\d+\.\d+)"/.exec(built)![1]!;
  const text = built.replaceAll(`"${own}"`, `"${version}"`);
  return makeImage(kind, pretokenise(more ? `${text};${more}` : text), version);
}
