import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { duplexPair } from 'node:stream';
import type { Duplex } from 'node:stream';
import { Aedes } from 'aedes';
import { freePort } from '../../scripts/bench/free-port.ts';
import { privateFolder, start, started } from './broker-process.ts';
import type { ChildBroker } from './broker-process.ts';

export { rabbitmq } from './rabbitmq.ts';

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

/** The user that a broker knows. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

const LOGIN: Login = { username: 'bell', password: 'ring' };

/** Aedes, in memory: no port, no socket. */
export async function aedesInMemory(login = LOGIN): Promise<Broker> {
  const aedes = await newAedes(login);
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
  const aedes = await newAedes(LOGIN);
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
): Promise<ChildBroker & { readonly port: number }> {
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

async function newAedes({ username, password }: Login): Promise<Aedes> {
  return Aedes.createBroker({
    authenticate: (_client, name, word, done) => {
      const known = name === undefined || (name === username && word?.toString() === password);
      done(known ? null : Object.assign(new Error('unknown'), { returnCode: 4 }), known);
    },
  });
}
