import { randomBytes } from 'node:crypto';
import mqtt from 'mqtt';
import type { MqttClient } from 'mqtt';
import type { BrokerAddress } from './broker-address.ts';
import { Failure } from './failure.ts';

/** How long a broker may take to answer, ms. */
const PATIENCE = 10_000;

/**
 * Connects this machine to a broker, for a command that ends with `endAsync`.
 * With `again`, ms, it connects anew after a break; the first attempt must succeed in any case.
 * Throws a Failure that names the broker and says what to try.
 */
export async function connectHost(address: BrokerAddress, again = 0): Promise<MqttClient> {
  const { url, username, password } = address;
  const client = mqtt.connect(url, {
    protocolVersion: 4,
    clientId: newId(),
    clean: true,
    connectTimeout: PATIENCE,
    reconnectPeriod: again,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
  });
  try {
    await connected(client);
  } catch (error) {
    client.end(true);
    throw failureOf(address, error as Error & { code?: string | number });
  }
  // An error after this is followed by `close`, which is what the commands look at.
  client.on('error', () => undefined);
  // RabbitMQ (3.10) has a queue for the id of a client, and refuses it to that id while the node that has it is down.
  // Nothing of ours lives longer there than a connection, so that the next one may have another id.
  client.on('close', () => { client.options.clientId = newId(); });
  return client;
}

function newId(): string {
  return `bell-host-${randomBytes(4).toString('hex')}`;
}

/** Subscribes with QoS 1; throws a Failure when the broker does not grant one of the filters. */
export async function subscribeHost(client: MqttClient, filters: string[]): Promise<void> {
  const refused = (filter: string) => new Failure(
    `The broker does not let you listen to ${filter}`,
    'Ask for a user who may, and name it in --broker.',
  );
  try {
    const grants = await client.subscribeAsync(filters, { qos: 1 });
    const bad = grants.find(({ qos }) => (qos as number) === 128);
    if (bad) throw refused(bad.topic);
  } catch (error) {
    throw error instanceof Failure ? error : refused(filters.join(', '));
  }
}

function connected(client: MqttClient): Promise<void> {
  return new Promise((done, fail) => {
    client.once('connect', () => done());
    client.once('error', fail);
    client.once('close', () => fail(new Error('closed')));
  });
}

/** Why a broker refuses a connection, by the number in its CONNACK; 4 and 5 are told apart from these. */
const REFUSALS: Readonly<Record<string, readonly [why: string, cure: string]>> = {
  1: ['it does not speak MQTT 3.1.1', 'Take a broker that does, such as Mosquitto.'],
  2: ['it does not take this client identifier', 'Allow identifiers that begin with bell-.'],
  3: ['it is not available now', 'It may be starting: try again in a minute.'],
};

function failureOf({ url }: BrokerAddress, error: Error & { code?: string | number }): Failure {
  const code = String(error.code ?? '');
  if (code === '4' || code === '5') {
    return new Failure(
      `The broker at ${url} refuses this user name or password`,
      'Give them with --broker mqtt://user@host and BELL_PASSWORD.',
    );
  }
  const refusal = REFUSALS[code];
  if (refusal !== undefined) return new Failure(`The broker at ${url} refuses: ${refusal[0]}`, refusal[1]);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new Failure(`There is no host of the name in ${url}`, 'Correct --broker, or use the address in numbers.');
  }
  const why = code === 'ECONNREFUSED' || code === '' ? '' : ` (${code})`;
  return new Failure(`No broker answers at ${url}${why}`, 'Start one with npm start, or name another with --broker.');
}
