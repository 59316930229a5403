import { once } from 'node:events';
import type { MqttClient } from 'mqtt';
import { withPassword } from '../lib/ask-password.ts';
import { Attendance, NAMES } from '../lib/attendance.ts';
import { brokerOptions, findBroker } from '../lib/broker-address.ts';
import { isSet, writeJson, type Command, type Io } from '../lib/command.ts';
import { Failure } from '../lib/failure.ts';
import { connectHost, subscribeHost } from '../lib/mqtt-host.ts';
import { pause } from '../lib/update/roll-call.ts';
import { inWords, readSight, WATCHED } from '../lib/watch-line.ts';

/** How long to wait after a break before the broker is called again, ms. */
const AGAIN = 2000;
/** How long a bell may say nothing before that is told, and how long to listen for the names that there are, ms. */
const SILENCE = 3000;
const NAMES_TIME = 500;

export const command: Command = {
  name: 'watch',
  summary: 'Shows what the bells say, until Ctrl-C',
  usage: '[name…] [options]',
  options: {
    ...brokerOptions,
    json: { type: 'boolean', help: 'one JSON object a message' },
  },
  examples: ['bell watch', 'bell watch front back', 'bell watch --json'],
  async run(values, names, io) {
    const address = await withPassword(findBroker(values, io), io);
    const filters = filtersOf(address.prefix, names);
    const client = await connectHost(address, AGAIN);
    try {
      const attendance = new Attendance(address.prefix);
      client.on('message', (topic, payload) => attendance.hear(topic, payload.toString()));
      report(client, address.prefix, names, isSet(values, 'json'), io);
      await subscribeHost(client, filters);
      await tellWhoIsMissing(client, address.prefix, names, attendance, io);
      if (!io.signal.aborted) await once(io.signal, 'abort');
      return 0;
    } finally {
      await client.endAsync(true);
    }
  },
};

function filtersOf(prefix: string, names: string[]): string[] {
  const bad = names.find((name) => /[/+#\0]/.test(name));
  if (bad !== undefined) throw new Failure(`"${bad}" is no name`, 'Without names all devices are shown.');
  const levels = names.length ? names : ['+'];
  return levels.flatMap((level) => WATCHED.map((leaf) => `${prefix}/${level}/${leaf}`));
}

/** After some seconds of silence a typing error is more likely than a bell that has nothing to say. */
async function tellWhoIsMissing(
  client: MqttClient, prefix: string, names: readonly string[], attendance: Attendance, io: Io,
): Promise<void> {
  await pause(SILENCE, io.signal);
  if (io.signal.aborted || attendance.missing(names) === '') return;
  if (names.length) {
    // Those who are not watched are not shown either: only their names are wanted.
    const filters = NAMES.map((leaf) => `${prefix}/+/${leaf}`);
    await client.subscribeAsync(filters, { qos: 1 });
    await pause(NAMES_TIME, io.signal);
    await client.unsubscribeAsync(filters);
  }
  const text = attendance.missing(names);
  if (text !== '' && !io.signal.aborted) io.err.write(`${text}${attendance.present()}Ctrl-C ends.\n`);
}

function report(client: MqttClient, prefix: string, names: readonly string[], json: boolean, io: Io): void {
  client.on('offline', () => io.err.write('The connection to the broker is lost; trying again.\n'));
  client.on('message', (topic, bytes, { retain }) => {
    const sight = readSight(prefix, topic, bytes.toString());
    if (!sight || (names.length && !names.includes(sight.bell))) return;
    const at = new Date();
    if (json) writeJson(io, { at: at.toISOString(), ...sight, retain });
    else io.out.write(`${clock(at)}  ${sight.bell.padEnd(12)}  ${inWords(sight)}${retain ? '  (said earlier)' : ''}\n`);
  });
}

function clock(at: Date): string {
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}
