import { resolve } from 'node:path';
import { boards } from '../../boards/index.ts';
import type { Board } from '../../boards/board.ts';
import { buildBoard, writeFiles } from '../lib/build.ts';
import { makeBundle } from '../lib/bundle.ts';
import { isSet, refuseWords, textOf, writeJson, type Command } from '../lib/command.ts';
import { Failure } from '../lib/failure.ts';
import { namedBoard } from '../lib/named-board.ts';
import { dist, version } from '../lib/paths.ts';
import { sizeTable, type Sizes } from '../lib/sizes.ts';
import { makeWritable } from '../lib/writable-folder.ts';

export const command: Command = {
  name: 'build',
  summary: 'Makes bundle, image and Storage content of every board in dist/',
  usage: '[options]',
  options: {
    board: { type: 'string', value: 'ID', help: 'only this board' },
    out: { type: 'string', value: 'DIR', help: 'directory for the results (dist/ of the project)' },
    json: { type: 'boolean', help: 'print the sizes as JSON' },
  },
  examples: ['bell build', 'bell build --board d1-mini --json'],
  async run(values, words, io) {
    refuseWords(command, words);
    const out = textOf(values, 'out');
    const directory = out === undefined ? dist : resolve(io.cwd, out);
    const chosen = chooseBoards(textOf(values, 'board'));
    makeWritable(directory, out ?? 'dist', 'Name another directory with --out.');
    const sizes = await unlessInterrupted(build(chosen, directory, io.signal), io.signal);
    if (isSet(values, 'json')) writeJson(io, sizes);
    else io.out.write(sizeTable(sizes));
    return 0;
  },
};

function chooseBoards(id: string | undefined): readonly Board[] {
  return id === undefined ? boards : [namedBoard(id)];
}

/** Ctrl-C ends esbuild as well, which then fails in words of its own. */
async function unlessInterrupted(sizes: Promise<Sizes>, signal: AbortSignal): Promise<Sizes> {
  return sizes.catch((error: unknown) => {
    throw signal.aborted ? new Failure('The build was interrupted', 'Nothing was written.') : error;
  });
}

async function build(chosen: readonly Board[], directory: string, signal: AbortSignal): Promise<Sizes> {
  const built = await Promise.all(chosen.map(async (board) => ({ board, ...(await buildBoard(board)) })));
  // The module has no board in it; any will do.
  const module = await makeBundle(boards[0]!, 'module');
  const sizes: Sizes = {
    version: version(),
    boards: Object.fromEntries(built.map(({ board, sizes: its }) => [board.id, its])),
    module: module.length,
  };
  signal.throwIfAborted();
  for (const { files } of built) writeFiles(directory, files);
  writeFiles(directory, { 'MQTT.js': module, 'sizes.json': `${JSON.stringify(sizes, null, 2)}\n` });
  return sizes;
}
