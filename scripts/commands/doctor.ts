import { withPassword } from '../lib/ask-password.ts';
import { brokerOptions, findBroker } from '../lib/broker-address.ts';
import { isSet, textOf, writeJson, type Command, type Io } from '../lib/command.ts';
import { fromFailure, inLines, type Finding } from '../lib/doctor/finding.ts';
import { examineOnline } from '../lib/doctor/online-device.ts';
import { examinePlugged } from '../lib/doctor/plugged-device.ts';
import { serialChips } from '../lib/doctor/usb-devices.ts';
import { brokerFindings } from '../lib/doctor/broker-story.ts';
import type { Expectations } from '../lib/doctor/running-device.ts';
import { knownLoader } from '../lib/doctor/known-loader.ts';
import { Failure } from '../lib/failure.ts';
import { listPorts } from '../lib/flash/ports.ts';
import { systemPort } from '../lib/flash/system-port.ts';
import { namedBoard } from '../lib/named-board.ts';

/** How long a device may take to say who it is, ms. */
const LISTEN_MS = 4000;

export const command: Command = {
  name: 'doctor',
  summary: 'Says what is wrong with a device, at USB or online, and what to do',
  usage: '[NAME] [options]',
  options: {
    port: { type: 'string', value: 'PATH', help: 'the serial port (the one that a board is at)' },
    board: { type: 'string', value: 'ID', help: 'the board that you take it for' },
    ...brokerOptions,
    json: { type: 'boolean', help: 'one JSON object a finding' },
  },
  examples: ['bell doctor', 'bell doctor --port /dev/ttyUSB0', 'bell doctor front'],
  async run(values, words, io) {
    const [name] = words;
    if (words.length > 1) throw new Failure('bell doctor looks at one device', 'Name one, or none for that at USB.');
    if (name !== undefined && /[/+#\0]/.test(name)) throw new Failure(`"${name}" is no name`);
    const world = { listPorts, open: systemPort, serialChips, expectations: expectations(values, io) };
    return report(name === undefined
      ? await examinePlugged(textOf(values, 'port'), world, io.signal)
      : await online(name, values, io), isSet(values, 'json'), io);
  },
};

async function online(name: string, values: Parameters<Command['run']>[0], io: Io): Promise<Finding[]> {
  const address = await withPassword(findBroker(values, io), io);
  return examineOnline(name, address, LISTEN_MS, io.signal).catch((error: unknown) => {
    if (error instanceof Failure) return [fromFailure(error, 'no-broker')];
    throw error;
  });
}

function expectations(values: Parameters<Command['run']>[0], io: Io): Expectations {
  const board = textOf(values, 'board');
  return {
    ...(board === undefined ? {} : { board: namedBoard(board) }),
    loader: knownLoader,
    broker: async (broker, id) => {
      return brokerFindings(broker, id, findBroker(values, io), async (name, address) => {
        return examineOnline(name, await withPassword(address, io), LISTEN_MS, io.signal);
      });
    },
  };
}

/** Shows the findings; 1 when one of them is wrong. */
export function report(findings: readonly Finding[], isJson: boolean, io: Io): number {
  for (const finding of findings) {
    if (isJson) writeJson(io, finding);
    else io.out.write(inLines(finding));
  }
  const bad = findings.filter(({ level }) => level === 'wrong').length;
  const count = bad === 0 ? 'Nothing is' : bad === 1 ? 'One thing is' : `${bad} things are`;
  if (!isJson) io.out.write(`${count} wrong.\n`);
  return bad === 0 ? 0 : 1;
}
