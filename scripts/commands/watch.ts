import { once } from 'node:events';
import type { MqttClient } from 'mqtt';
import { withPassword } from '../lib/ask-password.ts';
import { brokerOptions, findBroker } from '../lib/broker-address.ts';
import { isSet, writeJson, type Command, type Io } from '../lib/command.ts';
import { Failure } from '../lib/failure.ts';
import { connectHost, subscribeHost } from '../lib/mqtt-host.ts';
import { inWords, readSight, WATCHED } from '../lib/watch-line.ts';

/** How long to wait after a break before the broker is called again, ms. */
const AGAIN = 2000;

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
      report(client, address.prefix, isSet(values, 'json'), io);
      await subscribeHost(client, filters);
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

function report(client: MqttClient, prefix: string, json: boolean, io: Io): void {
  client.on('offline', () => io.err.write('The connection to the broker is lost; trying again.\n'));
  client.on('message', (topic, bytes, { retain }) => {
    const sight = readSight(prefix, topic, bytes.toString());
    if (!sight) return;
    const at = new Date();
    if (json) writeJson(io, { at: at.toISOString(), ...sight, retain });
    else io.out.write(`${clock(at)}  ${sight.bell.padEnd(12)}  ${inWords(sight)}${retain ? '  (said earlier)' : ''}\n`);
  });
}

function clock(at: Date): string {
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}
