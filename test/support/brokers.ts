import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { duplexPair } from 'node:stream';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { Aedes } from 'aedes';

/** A broker that a test can reach. It knows one user, `bell`, with the password `ring`, and takes strangers too. */
export interface Broker {
  /** The highest QoS that it grants. */
  readonly maxQos: 1 | 2;
  /** A new connection to it. */
  connect(): Duplex;
  /** Ends it; nothing of it is left. */
  stop(): Promise<void>;
}

/** A broker that can be killed, and comes back with the sessions that it had. */
export interface MortalBroker extends Broker {
  /** It is gone, and so is every connection to it. */
  kill(): Promise<void>;
  revive(): Promise<void>;
}

/** Aedes, in memory: no port, no socket. */
export async function aedesInMemory(): Promise<Broker> {
  const aedes = await newAedes();
  return {
    maxQos: 2,
    connect: () => {
      const [ours, theirs] = duplexPair();
      // A pair of streams does not tell one end that the other is gone.
      ours.once('close', () => theirs.destroy());
      theirs.once('close', () => ours.destroy());
      aedes.handle(theirs);
      return ours;
    },
    stop: () => new Promise((resolve) => aedes.close(() => resolve())),
  };
}

/** Aedes behind a TCP port on loopback. */
export async function aedesOverTcp(): Promise<Broker> {
  const aedes = await newAedes();
  const server = createServer((socket) => aedes.handle(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    maxQos: 2,
    connect: () => connect(port, '127.0.0.1'),
    stop: async () => {
      await new Promise<void>((resolve) => aedes.close(() => resolve()));
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Mosquitto, from the program at `path`. */
export async function mosquitto(path: string): Promise<MortalBroker> {
  return mosquittoWith(path, (folder) => [
    'allow_anonymous true', 'set_tcp_nodelay true', 'persistence true', `persistence_location ${folder}/`,
    `password_file ${passwordFile(folder, 'bell:ring\n')}`,
  ]);
}

/** Mosquitto with these lines behind that of its listener. */
export async function mosquittoWith(
  path: string, lines: (folder: string) => string[],
): Promise<MortalBroker & { readonly port: number }> {
  const folder = privateFolder('mosquitto');
  const port = await freePort();
  const config = join(folder, 'mosquitto.conf');
  // Started by root it would become another user, who could not read the passwords.
  writeFileSync(config, [`listener ${port} 127.0.0.1`, ...lines(folder), 'user root', ''].join('\n'));
  return { ...await started(() => start(path, ['-c', config], {}), port, 2, folder), port };
}

/** A file of passwords for Mosquitto, made as a person makes one: `name:password` a line, then hashed. */
export function passwordFile(folder: string, logins: string): string {
  const passwords = join(folder, 'passwords');
  writeFileSync(passwords, logins, { mode: 0o644 });
  spawnSync('mosquitto_passwd', ['-U', passwords]);
  return passwords;
}

/** RabbitMQ with its MQTT plugin, in a private folder, under a node name and on ports of its own. */
export async function rabbitmq(path: string): Promise<MortalBroker> {
  const folder = privateFolder('rabbitmq');
  const [port, epmdPort, nodePort] = [await freePort(), await freePort(), await freePort()];
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const definitions = {
    users: [user('guest', 'guest'), user('bell', 'ring')],
    vhosts: [{ name: '/' }],
    permissions: [may('guest'), may('bell')],
  };
  const config = file(
    'rabbitmq.conf',
    [
      'listeners.tcp = none',
      `mqtt.listeners.tcp.1 = 127.0.0.1:${port}`,
      'mqtt.allow_anonymous = true',
      'mqtt.default_user = guest',
      'mqtt.default_pass = guest',
      `load_definitions = ${file('definitions.json', JSON.stringify(definitions))}`,
    ].join('\n') + '\n',
  );
  const env = {
    HOME: folder,
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ERL_EPMD_PORT: String(epmdPort),
    RABBITMQ_CONFIG_FILE: config,
    RABBITMQ_CONF_ENV_FILE: join(folder, 'none'),
    RABBITMQ_DIST_PORT: String(nodePort),
    RABBITMQ_ENABLED_PLUGINS_FILE: file('plugins', '[rabbitmq_mqtt].\n'),
    RABBITMQ_LOGS: '-',
    RABBITMQ_LOG_BASE: folder,
    RABBITMQ_MNESIA_BASE: join(folder, 'data'),
    RABBITMQ_NODENAME: `bell${port}@localhost`,
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
  };
  // Started by us, or RabbitMQ would start one that outlives it.
  const epmd = start('epmd', [], env);
  const broker = await started(() => start(behindWrapper(path), [], env), port, 1, folder);
  return {
    ...broker,
    stop: async () => {
      await broker.stop();
      await ended(epmd);
    },
  };
}

/** Debian's command wants to be root or a user of its own; the program behind it runs for anybody. */
function behindWrapper(path: string): string {
  const program = '/usr/lib/rabbitmq/bin/rabbitmq-server';
  return existsSync(program) ? program : path;
}

const user = (name: string, password: string) => ({ name, password, tags: '' });
const may = (name: string) => ({ user: name, vhost: '/', configure: '.*', write: '.*', read: '.*' });

async function newAedes(): Promise<Aedes> {
  return Aedes.createBroker({
    authenticate: (_client, name, password, done) => {
      const known = name === undefined || (name === 'bell' && password?.toString() === 'ring');
      done(known ? null : Object.assign(new Error('unknown'), { returnCode: 4 }), known);
    },
  });
}

/** Leaders of the process groups that run for us, and the folders that they use. */
const running = new Set<number>();
const folders = new Set<string>();

process.on('exit', () => {
  running.forEach((group) => process.kill(-group, 'SIGKILL'));
  folders.forEach((folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
});
// For each signal, because a second one would end us before all is cleaned up.
['SIGINT', 'SIGTERM'].forEach((signal) => process.on(signal, () => process.exit(1)));

/** A folder that does not survive us. */
function privateFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `bell-${name}-`));
  folders.add(folder);
  return folder;
}

/** A child that does not survive us, nor do its own children: RabbitMQ's is a shell that starts the broker. */
function start(program: string, args: string[], env: Record<string, string>): ChildProcess {
  const child = spawn(program, args, { env: { PATH: process.env['PATH'], ...env }, stdio: 'ignore', detached: true });
  const group = child.pid;
  if (group === undefined) throw new Error(`${program} cannot be started`);
  running.add(group);
  // A broker that nobody stops must not keep a test from ending.
  child.unref();
  child.once('exit', () => running.delete(group));
  return child;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.ref();
  child.kill('SIGTERM');
  await gone;
}

/** A broker that runs as a child, once its port answers. */
async function started(
  launch: () => ChildProcess, port: number, maxQos: 1 | 2, folder: string,
): Promise<MortalBroker> {
  let child: ChildProcess;
  const revive = async () => {
    child = launch();
    while (!(await answers(port))) {
      if (child.exitCode !== null) throw new Error(`${child.spawnfile} did not start`);
      await wait(100);
    }
  };
  await revive();
  return {
    maxQos,
    connect: () => connect(port, '127.0.0.1'),
    kill: () => ended(child),
    revive,
    stop: async () => {
      await ended(child);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
