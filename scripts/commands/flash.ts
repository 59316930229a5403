import { flashModes, type FlashMode } from '../../boards/interpreters.ts';
import { buildBoard } from '../lib/build.ts';
import { isSet, textOf, type Command, type Io, type Values } from '../lib/command.ts';
import { Failure } from '../lib/failure.ts';
import { listPorts } from '../lib/flash/ports.ts';
import { runClass } from '../lib/flash/run-class.ts';
import { runFlash, type FlashWish, type FlashWorld } from '../lib/flash/run-flash.ts';
import { systemPort } from '../lib/flash/system-port.ts';
import { terminalAsker } from '../lib/flash/terminal-asker.ts';

export const command: Command = {
  name: 'flash',
  summary: 'Makes a bell of a board at a USB port: interpreter, firmware and settings',
  usage: '[options]',
  options: {
    port: { type: 'string', value: 'PATH', help: 'the serial port (the one that a board is at)' },
    board: { type: 'string', value: 'ID', help: 'the board (found out, or asked for)' },
    images: { type: 'string', value: 'DIR', help: 'take the interpreter from here, without a network' },
    config: { type: 'string', value: 'FILE', help: 'settings of the device, as in bell.json (kept, or asked for)' },
    yes: { type: 'boolean', short: 'y', help: 'download the interpreter without asking' },
    wait: { type: 'string', value: 'S', help: 'how long to wait for the bell to come online; 0: not (60)' },
    baud: { type: 'string', value: 'N', help: 'speed of the line (460800)' },
    'flash-mode': { type: 'string', value: 'MODE', help: 'for an ESP8266 that does not start: dio or dout (qio)' },
    class: { type: 'string', value: 'N', help: 'flash N seats of a class, each with its own name and password' },
    prefix: { type: 'string', value: 'TEXT', default: 'bell-', help: 'with --class: how the names begin (bell-)' },
    out: { type: 'string', value: 'DIR', default: 'bell-class', help: 'with --class: for its papers (bell-class)' },
    json: { type: 'boolean', help: 'one JSON object a line' },
  },
  examples: [
    'bell flash',
    'bell flash --config bell.json --yes',
    'bell flash --port /dev/ttyUSB0 --board d1-mini --images ~/espruino_2v29',
    'bell flash --class 30 --prefix bell- --config bell.json',
  ],
  async run(values, words, io) {
    if (words.length > 0) throw new Failure('bell flash takes options only', 'See bell flash --help.');
    return flash(values, systemWorld(values, io), io);
  },
};

/** What the command does, with whatever ports and people there are. */
export async function flash(values: Values, world: FlashWorld, io: Io): Promise<number> {
  const wish = readWish(values);
  const seats = textOf(values, 'class');
  if (seats === undefined) return runFlash(wish, world, io);
  const prefix = textOf(values, 'prefix') ?? 'bell-';
  const out = textOf(values, 'out') ?? 'bell-class';
  // The attendees' network may be somewhere else.
  return runClass({ ...wish, waitS: 0, seats: Number(seats), prefix, out }, world, io);
}

function systemWorld(values: Values, io: Io): FlashWorld {
  const asker = isSet(values, 'json') ? undefined : terminalAsker(io);
  return {
    listPorts,
    open: systemPort,
    factory: async (board) => (await buildBoard(board)).files[`${board.id}.storage`] as Uint8Array,
    fetch,
    asker,
    rom: textOf(values, 'baud') === undefined ? {} : { baudRate: wholeNumber(values, 'baud', 0) },
  };
}

function readWish(values: Values): FlashWish {
  const flashMode = textOf(values, 'flash-mode');
  if (flashMode !== undefined && !(flashMode in flashModes)) {
    throw new Failure(`There is no flash mode "${flashMode}"`, `The modes are ${Object.keys(flashModes).join(', ')}.`);
  }
  const text = (name: 'port' | 'board' | 'images' | 'config') => {
    const value = textOf(values, name);
    return value === undefined ? {} : { [name]: value };
  };
  return {
    ...text('port'), ...text('board'), ...text('images'), ...text('config'),
    isYes: isSet(values, 'yes'),
    isJson: isSet(values, 'json'),
    waitS: wholeNumber(values, 'wait', 60),
    ...(flashMode === undefined ? {} : { flashMode: flashMode as FlashMode }),
  };
}

function wholeNumber(values: Values, name: string, byDefault: number): number {
  const text = textOf(values, name);
  if (text === undefined) return byDefault;
  if (!/^\d+$/.test(text)) throw new Failure(`--${name} takes a whole number, not "${text}"`);
  return Number(text);
}
