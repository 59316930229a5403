import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Board } from '../../boards/board.ts';
import { boards, findBoard } from '../../boards/index.ts';
import { buildBoard } from '../lib/build.ts';
import { isSet, textOf, writeJson, type Command, type Io, type Values } from '../lib/command.ts';
import { Failure } from '../lib/failure.ts';
import { findInterpreter, startInterpreter, type InterpreterOptions } from '../lib/interpreter.ts';
import { readSettings } from '../lib/read-settings.ts';
import { putSettings } from '../lib/storage-image.ts';

export const command: Command = {
  name: 'run',
  summary: 'Runs the bundle on the real interpreter for Linux and prints every edge of its relay',
  usage: '--config FILE [options]',
  options: {
    config: { type: 'string', value: 'FILE', help: 'settings of the device, as in bell.json' },
    board: { type: 'string', value: 'ID', default: 'linux', help: 'board of the chip "linux" (linux)' },
    dir: { type: 'string', value: 'DIR', help: 'keep the flash here, from one run to the next' },
    wipe: { type: 'boolean', help: 'with --dir: begin with a new flash' },
    pins: { type: 'boolean', help: 'edges of every pin: LED and button as well' },
    json: { type: 'boolean', help: 'one JSON object a line' },
  },
  examples: ['ESPRUINO_BIN=~/espruino bell run --config bell.json', 'bell run --config bell.json --dir front --json'],
  async run(values, _positionals, io) {
    const bin = findInterpreter(io.env);
    const board = chooseBoard(textOf(values, 'board') ?? 'linux');
    const storage = await makeFlash(values, board, io);
    const reports = onlyRelay(!isSet(values, 'pins'), board, reporter(isSet(values, 'json'), board, io));
    return runUntilEnd({ bin, trace: true, ...storage, ...reports }, io);
  },
};

function chooseBoard(id: string): Board {
  const able = boards.filter((board) => board.chip === 'linux').map((board) => board.id);
  const board = findBoard(id);
  if (board?.chip === 'linux') return board;
  const message = board ? `"${id}" is a board for a chip` : `There is no board "${id}"`;
  throw new Failure(message, `What runs here is ${able.join(', ')}.`);
}

type Flash = Pick<InterpreterOptions, 'storage' | 'directory'>;
type Reports = Pick<InterpreterOptions, 'onEdge' | 'onLine' | 'onRestart'>;

/** A new flash with the settings in it, or the directory of an old one to go on with. */
async function makeFlash(values: Values, board: Board, io: Io): Promise<Flash> {
  const dir = textOf(values, 'dir');
  const directory = dir === undefined ? {} : { directory: resolve(io.cwd, dir) };
  const old = directory.directory !== undefined && existsSync(resolve(directory.directory, 'espruino.flash'));
  const config = textOf(values, 'config');
  if (old && !isSet(values, 'wipe')) {
    if (config === undefined) return directory;
    throw new Failure(`${dir} has a flash already`, 'Leave --config out to go on with it, or add --wipe.');
  }
  if (config === undefined) throw new Failure('Settings are missing', 'Name them with --config bell.json.');
  const file = resolve(io.cwd, config);
  const settings = readSettings(config, () => readFileSync(file, 'utf8'), board);
  const { files } = await buildBoard(board);
  const storage = Buffer.from(files[`${board.id}.storage`] as Uint8Array);
  putSettings(storage, board, settings);
  return { ...directory, storage };
}

/** Leaves out the edges of other pins: the LED blinks all day. */
function onlyRelay(only: boolean, { relay }: Board, reports: Reports): Reports {
  if (!only) return reports;
  return { ...reports, onEdge: (edge) => void (edge.pin === relay.pin && reports.onEdge?.(edge)) };
}

/** What happens on the device, on standard output. */
function reporter(json: boolean, { relay }: Board, io: Io): Reports {
  if (json) {
    return {
      onEdge(edge) {
        writeJson(io, { type: 'edge', ...edge, ...(edge.pin === relay.pin ? { relay: edge.level === relay.on } : {}) });
      },
      onLine: (text) => writeJson(io, { type: 'line', text }),
      onRestart: (count) => writeJson(io, { type: 'restart', count }),
    };
  }
  return {
    onEdge({ pin, level, ms }) {
      const name = pin === relay.pin ? 'relay' : pin;
      const state = pin === relay.pin ? (level === relay.on ? 'on' : 'off') : String(level);
      io.out.write(`${new Date(ms).toISOString()} ${name} ${state}\n`);
    },
    onLine: (text) => io.out.write(`${new Date().toISOString()} | ${text}\n`),
    onRestart: (count) => io.out.write(`${new Date().toISOString()} restart ${count}\n`),
  };
}

/** Runs until the user interrupts, which is a good end, or until the interpreter ends by itself. */
function runUntilEnd(options: InterpreterOptions, { signal }: Io): Promise<number> {
  return new Promise((done, fail) => {
    const interpreter = startInterpreter({
      ...options,
      onExit(code) {
        if (signal.aborted) done(0);
        else fail(new Failure(`The interpreter ended by itself (${code ?? 'killed'})`, 'Its last lines say why.'));
      },
    });
    signal.addEventListener('abort', () => void interpreter.stop());
    if (signal.aborted) void interpreter.stop();
  });
}
