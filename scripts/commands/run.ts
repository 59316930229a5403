import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Board } from '../../boards/board.ts';
import { boards, findBoard } from '../../boards/index.ts';
import { longestPassword, type Settings } from '../../firmware/core/config.ts';
import { loadSettings } from '../../firmware/core/settings/load.ts';
import { brokerOf, viewBroker } from '../lib/broker-view.ts';
import { buildBoard } from '../lib/build.ts';
import { isSet, refuseWords, textOf, type Command, type Io, type Values } from '../lib/command.ts';
import { Failure } from '../lib/failure.ts';
import { crc32 } from '../lib/flash/crc32.ts';
import { idOf } from '../lib/flash/id-of.ts';
import { textsFromBytes } from '../lib/flash/texts.ts';
import { findInterpreter, startInterpreter, type InterpreterOptions } from '../lib/interpreter.ts';
import { proveInterpreter } from '../lib/prove-interpreter.ts';
import { readSettings } from '../lib/read-settings.ts';
import { regionStore } from '../lib/region.ts';
import { runReport } from '../lib/run-report.ts';
import { putSettings } from '../lib/storage-image.ts';
import { makeWritable } from '../lib/writable-folder.ts';

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
  async run(values, words, io) {
    refuseWords(command, words);
    const board = chooseBoard(textOf(values, 'board') ?? 'linux');
    const plan = readPlan(values, board, io);
    const bin = findInterpreter(io.env);
    const id = idOf(plan.settings, await proveInterpreter(bin));
    const storage = plan.isOld ? undefined : await makeStorage(plan.settings, board);
    const reports = runReport(isSet(values, 'json'), isSet(values, 'pins'), board, io);
    const ended = new AbortController();
    io.signal.addEventListener('abort', () => ended.abort());
    try {
      await viewBroker(brokerOf(plan.settings), id, (news) => reports.onBroker(news), ended.signal);
      return await runUntilEnd({ bin, trace: true, ...plan.place, ...(storage ? { storage } : {}), ...reports }, io);
    } finally {
      ended.abort();
    }
  },
};

function chooseBoard(id: string): Board {
  const able = boards.filter((board) => board.chip === 'linux').map((board) => board.id);
  const board = findBoard(id);
  if (board?.chip === 'linux') return board;
  const message = board ? `"${id}" is a board for a chip` : `There is no board "${id}"`;
  throw new Failure(message, `What runs here is ${able.join(', ')}.`);
}

/** The settings that it will have, and where its flash is kept. */
interface Plan {
  readonly settings: Settings;
  readonly place: Pick<InterpreterOptions, 'directory'>;
  /** Whether it goes on with the flash that is there. */
  readonly isOld: boolean;
}

function readPlan(values: Values, board: Board, io: Io): Plan {
  const dir = textOf(values, 'dir');
  const config = textOf(values, 'config');
  const directory = dir === undefined ? undefined : resolve(io.cwd, dir);
  const place = directory === undefined ? {} : { directory };
  const flash = directory === undefined ? undefined : join(directory, 'espruino.flash');
  if (flash !== undefined && existsSync(flash) && !isSet(values, 'wipe')) {
    if (config === undefined) return { settings: storedSettings(readFileSync(flash), board), place, isOld: true };
    throw new Failure(`${dir} has a flash already`, 'Leave --config out to go on with it, or add --wipe.');
  }
  if (config === undefined) throw new Failure('Settings are missing', 'Name them with --config bell.json.');
  const settings = readSettings(config, () => readFileSync(resolve(io.cwd, config), 'utf8'), board);
  if (directory !== undefined) makeWritable(directory, dir!, 'Name another directory with --dir.');
  return { settings, place, isOld: false };
}

/** What a flash has stored; the defaults, as the firmware takes them, when it has nothing. */
function storedSettings(flash: Uint8Array, board: Board): Settings {
  const limits = { strokeMs: board.maxStrokeMs, password: longestPassword(board.chip) };
  return textsFromBytes(loadSettings(regionStore(flash, board), crc32, limits));
}

async function makeStorage(settings: Settings, board: Board): Promise<Uint8Array> {
  const { files } = await buildBoard(board);
  const storage = Buffer.from(files[`${board.id}.storage`] as Uint8Array);
  putSettings(storage, board, settings);
  return storage;
}

/** Runs until the user interrupts, which is a good end, or until the interpreter ends by itself. */
function runUntilEnd(options: InterpreterOptions, { signal }: Io): Promise<number> {
  return new Promise((done, fail) => {
    const interpreter = startInterpreter({
      ...options,
      onExit(code) {
        if (signal.aborted) done(0);
        else fail(new Failure(`The interpreter ended by itself (${code ?? 'killed'})`, 'Its last lines may say why.'));
      },
    });
    signal.addEventListener('abort', () => void interpreter.stop());
    if (signal.aborted) void interpreter.stop();
  });
}
