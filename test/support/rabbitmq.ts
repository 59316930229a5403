import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../scripts/bench/free-port.ts';
import { ended, privateFolder, start, started } from './broker-process.ts';
import type { ChildBroker } from './broker-process.ts';
import type { MortalBroker } from './brokers.ts';

/** A node of a cluster. */
export interface ClusterNode extends ChildBroker {
  /** Port of MQTT. */
  readonly port: number;
}

/** Nodes that are one broker: what is published to one of them reaches who has subscribed at another. */
export interface Cluster {
  readonly nodes: readonly ClusterNode[];
  stop(): Promise<void>;
}

/** Where a node listens, and what it is called. */
interface Place {
  readonly name: string;
  readonly port: number;
  readonly nodePort: number;
}

/** RabbitMQ with its MQTT plugin, in a private folder, under a node name and on ports of its own. */
export async function rabbitmq(path: string): Promise<MortalBroker> {
  const { nodes, stop } = await rabbitmqCluster(path, 1);
  return { ...nodes[0]!, stop };
}

/** So many nodes of RabbitMQ on this machine, as one cluster; `lines` are added to the configuration of each. */
export async function rabbitmqCluster(path: string, count: number, lines: readonly string[] = []): Promise<Cluster> {
  const folder = privateFolder('rabbitmq');
  // All nodes of a cluster have the same.
  writeFileSync(join(folder, '.erlang.cookie'), 'MQTTBELLMQTTBELLMQTT', { mode: 0o400 });
  const places: Place[] = [];
  for (let i = 0; i < count; i++) {
    const port = await freePort();
    places.push({ name: `bell${port}@localhost`, port, nodePort: await freePort() });
  }
  const shared = { HOME: folder, ERL_EPMD_ADDRESS: '127.0.0.1', ERL_EPMD_PORT: String(await freePort()) };
  // Started by us, or RabbitMQ would start one that outlives it.
  const epmd = start('epmd', [], shared);
  const startNode = async (place: Place): Promise<ClusterNode> => {
    const home = join(folder, place.name);
    mkdirSync(home);
    const env = { ...shared, ...environment(home, place, configuration(home, places, place, lines)) };
    return { ...(await started(() => start(behindWrapper(path), [], env), place.port, 1, home)), port: place.port };
  };
  // The others look for one that is there, and join it.
  const first = await startNode(places[0]!);
  const nodes = [first, ...(await Promise.all(places.slice(1).map(startNode)))];
  return { nodes, stop: () => stopAll(nodes, epmd, folder) };
}

async function stopAll(nodes: readonly ClusterNode[], epmd: ChildProcess, folder: string): Promise<void> {
  // The last to come is the first to go: a node that others wait for takes its time.
  for (const node of [...nodes].reverse()) await node.stop();
  await ended(epmd);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function configuration(home: string, places: readonly Place[], { port }: Place, lines: readonly string[]): string {
  const definitions = {
    users: [user('guest', 'guest'), user('bell', 'ring')],
    vhosts: [{ name: '/' }],
    permissions: [may('guest'), may('bell')],
  };
  const others = places.map(({ name }, i) => `cluster_formation.classic_config.nodes.${i + 1} = ${name}`);
  const joined = ['cluster_formation.peer_discovery_backend = classic_config', ...others];
  return file(home, 'rabbitmq.conf', [
    'listeners.tcp = none',
    `mqtt.listeners.tcp.1 = 127.0.0.1:${port}`,
    'mqtt.allow_anonymous = true',
    'mqtt.default_user = guest',
    'mqtt.default_pass = guest',
    `load_definitions = ${file(home, 'definitions.json', JSON.stringify(definitions))}`,
    ...(places.length > 1 ? joined : []),
    ...lines,
  ].join('\n') + '\n');
}

function environment(home: string, { name, nodePort }: Place, config: string): Record<string, string> {
  return {
    RABBITMQ_CONFIG_FILE: config,
    RABBITMQ_CONF_ENV_FILE: join(home, 'none'),
    RABBITMQ_DIST_PORT: String(nodePort),
    RABBITMQ_ENABLED_PLUGINS_FILE: file(home, 'plugins', '[rabbitmq_mqtt].\n'),
    RABBITMQ_LOGS: join(home, 'log'),
    RABBITMQ_LOG_BASE: home,
    RABBITMQ_MNESIA_BASE: join(home, 'data'),
    RABBITMQ_NODENAME: name,
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
  };
}

function file(folder: string, name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

/** Debian's command wants to be root or a user of its own; the program behind it runs for anybody. */
function behindWrapper(path: string): string {
  const program = '/usr/lib/rabbitmq/bin/rabbitmq-server';
  return existsSync(program) ? program : path;
}

const user = (name: string, password: string) => ({ name, password, tags: '' });
const may = (name: string) => ({ user: name, vhost: '/', configure: '.*', write: '.*', read: '.*' });
