import { withPassword } from '../lib/ask-password.ts';
import { brokerOptions, findBroker } from '../lib/broker-address.ts';
import { isSet, textOf, writeJson, type Command, type Io } from '../lib/command.ts';
import { fromFailure, inLines, type Finding } from '../lib/doctor/finding.ts';
import { examineOnline } from '../lib/doctor/online-device.ts';
import { examinePlugged } from '../lib/doctor/plugged-device.ts';
import { serialChips } from '../lib/doctor/usb-devices.ts';
import { Failure } from '../lib/failure.ts';
import { listPorts } from '../lib/flash/ports.ts';
import { systemPort } from '../lib/flash/system-port.ts';

/** How long a device may take to say who it is, ms. */
const LISTEN_MS = 4000;

export const command: Command = {
  name: 'doctor',
  summary: 'Says what is wrong with a device, at USB or online, and what to do',
  usage: '[NAME] [options]',
  options: {
    port: { type: 'string', value: 'PATH', help: 'the serial port (the one that a board is at)' },
    ...brokerOptions,
    json: { type: 'boolean', help: 'one JSON object a finding' },
  },
  examples: ['bell doctor', 'bell doctor --port /dev/ttyUSB0', 'bell doctor front'],
  async run(values, words, io) {
    const [name] = words;
    if (words.length > 1) throw new Failure('bell doctor looks at one device', 'Name one, or none for that at USB.');
    if (name !== undefined && /[/+#\0]/.test(name)) throw new Failure(`"${name}" is no name`);
    const world = { listPorts, open: systemPort, serialChips };
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
