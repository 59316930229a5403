import { isSet, textOf, type Command } from '../lib/command.ts';
import { runProvision } from '../lib/console/run-provision.ts';
import { Failure } from '../lib/failure.ts';
import { listPorts } from '../lib/flash/ports.ts';
import { systemPort } from '../lib/flash/system-port.ts';
import { terminalAsker } from '../lib/flash/terminal-asker.ts';

export const command: Command = {
  name: 'provision',
  summary: 'Gives a flashed device other settings over USB, and waits until it is online',
  usage: '[options]',
  options: {
    port: { type: 'string', value: 'PATH', help: 'the serial port (the one that a board is at)' },
    config: { type: 'string', value: 'FILE', help: 'the settings, as in bell.json (asked for)' },
    wait: { type: 'string', value: 'S', help: 'how long to wait for the bell to come online; 0: not (60)' },
    json: { type: 'boolean', help: 'one JSON object a line' },
  },
  examples: ['bell provision', 'bell provision --config bell.json --port /dev/ttyUSB0'],
  async run(values, words, io) {
    if (words.length > 0) throw new Failure('bell provision takes options only', 'See bell provision --help.');
    const wait = textOf(values, 'wait') ?? '60';
    if (!/^\d+$/.test(wait)) throw new Failure(`--wait takes a whole number, not "${wait}"`);
    const [port, config] = [textOf(values, 'port'), textOf(values, 'config')];
    const isJson = isSet(values, 'json');
    const wish = {
      ...(port === undefined ? {} : { port }), ...(config === undefined ? {} : { config }), isJson, waitS: Number(wait),
    };
    return runProvision(wish, { listPorts, open: systemPort, asker: isJson ? undefined : terminalAsker(io) }, io);
  },
};
