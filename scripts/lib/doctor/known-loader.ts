import { parse } from 'acorn';
import type { Board } from '../../../boards/board.ts';
import { detokenise } from '../../../simulator/detokenise.ts';
import { makeBundle } from '../bundle.ts';
import { pretokenise } from '../pretokenise.ts';
import { padLoader } from '../storage-image.ts';
import type { KnownLoader } from './loader-finding.ts';

/** The loader that these sources make for a board. Not for a browser, which cannot make one. */
export async function knownLoader(board: Board): Promise<KnownLoader> {
  return { text: padLoader(pretokenise(await makeBundle(board, 'loader'))), isProgram };
}

/** Whether this is a program that was written to its end, tokenised or as text. */
export function isProgram(text: string): boolean {
  // What was erased and not written would pass for the letters of a name.
  if (/\xff{4}/.test(text)) return false;
  try {
    parse(detokenise(text), { ecmaVersion: 2020 });
    return true;
  } catch {
    return false;
  }
}
