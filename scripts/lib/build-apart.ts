import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Board } from '../../boards/board.ts';
import { Failure } from './failure.ts';
import { root } from './paths.ts';

/** More than any bundle has, bytes. */
const LARGEST = 4_000_000;

/**
 * Makes the bundle of a board, under this version, in a process of its own: a build keeps a processor busy for seconds,
 * and whoever lives in real time would stand still. Throws a Failure that says where the sources are wrong.
 */
export function bundleApart(board: Board, version: string, signal: AbortSignal): Promise<string> {
  const program = join(root, 'scripts', 'lib', 'print-bundle.js');
  const options = { cwd: root, signal, maxBuffer: LARGEST, encoding: 'latin1' } as const;
  return new Promise((done, fail) => {
    execFile(process.execPath, [program, board.id, version], options, (error, code, complaint) => {
      if (!error) done(code);
      else fail(new Failure(signal.aborted ? 'The build was interrupted' : complaint.trim() || error.message));
    });
  });
}
