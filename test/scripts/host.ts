import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { Aedes } from 'aedes';
import type { Io } from '../../scripts/lib/command.ts';
import { connectClient } from '../support/mqtt-client.ts';

/** A user name and a password that a broker asks for. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

/** Aedes on a free port of this machine. */
export async function startBroker(login?: Login): Promise<{ url: string; close(): Promise<void> }> {
  const broker = await Aedes.createBroker();
  if (login) {
    broker.authenticate = (_client, username, password, done) => {
      if (username === login.username && password?.toString() === login.password) return done(null, true);
      done(Object.assign(new Error('refused'), { returnCode: 4 }), false);
    };
  }
  broker.on('connectionError', () => undefined);
  broker.on('clientError', () => undefined);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    broker.handle(socket);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await new Promise<void>((done) => broker.close(() => done()));
  };
  return { url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

/** A bell as a command sees it: status, and an answer to each ring that is sent to one of its names. */
export async function fakeBell(
  url: string, names: readonly string[], answer: (ring: { id: string }) => object,
): Promise<{ heard: { id: string }[]; close(): void }> {
  const [id] = names;
  const client = await connectClient(url);
  const heard: { id: string }[] = [];
  client.on('message', (_topic, payload) => {
    const ring = JSON.parse(payload.toString()) as { id: string };
    heard.push(ring);
    client.publish(`bell/${id}/rang`, JSON.stringify(answer(ring)), { qos: 1 });
  });
  await client.publishAsync(`bell/${id}/status`, 'online', { qos: 1, retain: true });
  await client.subscribeAsync(names.map((name) => `bell/${name}/ring`), { qos: 1 });
  return { heard, close: () => client.end(true) };
}

/** The outside world of a command that is run in a test. */
export class FakeIo implements Io {
  stdout = '';
  stderr = '';
  readonly env: Record<string, string>;
  readonly cwd = tmpdir();
  private readonly controller = new AbortController();
  readonly signal = this.controller.signal;
  readonly out = { write: (text: string) => { this.stdout += text; this.written(); } };
  readonly err = { write: (text: string) => { this.stderr += text; this.written(); } };
  private written: () => void = () => undefined;

  constructor(env: Record<string, string> = {}) {
    this.env = env;
  }

  /** What Ctrl-C does. */
  interrupt(): void {
    this.controller.abort();
  }

  /** Waits until the output matches. */
  async seen(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.stdout + this.stderr)) await new Promise<void>((done) => { this.written = done; });
  }
}

