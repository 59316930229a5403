import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { Aedes } from 'aedes';
import { root } from '../../../scripts/lib/paths.ts';
import { Home } from './home.ts';

/** A broker that can be killed, and comes back on its port with nothing that it had. */
class MortalBroker {
  port = 0;
  private end: () => Promise<void> = () => Promise.resolve();

  get url(): string {
    return `mqtt://127.0.0.1:${this.port}`;
  }

  async start(): Promise<this> {
    const broker = await Aedes.createBroker();
    broker.on('connectionError', () => undefined).on('clientError', () => undefined);
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      broker.handle(socket);
    });
    await new Promise<void>((done) => server.listen(this.port, '127.0.0.1', done));
    this.port = (server.address() as AddressInfo).port;
    this.end = async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
      await new Promise<void>((done) => broker.close(() => done()));
    };
    return this;
  }

  kill(): Promise<void> {
    return this.end();
  }
}

async function scene(context: TestContext): Promise<{ at: Home; broker: MortalBroker }> {
  const broker = await new MortalBroker().start();
  const at = new Home(context, broker.url);
  context.after(() => broker.kill());
  return { at, broker };
}

test('a broker that is killed in the middle, and forgets everything, gets it all again', async (context) => {
  const { at, broker } = await scene(context);
  const all = await Promise.all([0, 1, 2].map((i) => at.bell({ id: `bell-${i}`, trialMs: 1000, wantMs: 500 })));
  const { file, bytes } = at.image('1.3.0', undefined, 12_000);
  const io = at.io();
  const running = at.update(['all'], { image: file, stages: '2,100%' }, io);
  await io.seen(/2 receiving/);
  await broker.kill();
  await io.seen(/the broker is away/);
  await broker.start();
  const { end, out } = await running;
  assert.equal(end, 0, out);
  for (const bell of all) assert.deepEqual(bell.image, bytes);
});

test('a program that is killed leaves a whole file, and --resume goes on', async (context) => {
  const { at } = await scene(context);
  const all = await Promise.all([0, 1, 2].map((i) => at.bell({ id: `bell-${i}`, trialMs: 500 })));
  const { file } = at.image('1.3.0');
  const words = ['update', 'all', '--broker', at.url, '--image', file, '--stages', '1,100%', '--wait', '1'];
  const child = spawn(process.execPath, [join(root, 'scripts', 'bell.js'), ...words], { cwd: at.folder });
  await new Promise<void>((done) => {
    child.stderr.on('data', (text: Buffer) => {
      if (/asked|receiving/.test(text.toString())) child.kill('SIGKILL');
    });
    child.once('close', () => done());
  });
  assert.equal(child.signalCode, 'SIGKILL');
  const { rollout } = JSON.parse(readFileSync(join(at.folder, 'bell.rollout.json'), 'utf8')) as { rollout: object };
  assert.equal((rollout as { state: string }).state, 'running');
  const { end } = await at.update([], { resume: true });
  assert.equal(end, 0);
  assert.deepEqual(all.map(({ version }) => version), ['1.3.0', '1.3.0', '1.3.0']);
});
