import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { Aedes } from 'aedes';
import { connectHost } from '../../scripts/lib/mqtt-host.ts';

test('after a lost connection a host comes back under another name, with what it listens to', async (context) => {
  const broker = await Aedes.createBroker();
  const server = createServer((socket) => broker.handle(socket.on('error', () => undefined)));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const ids: string[] = [];
  broker.on('client', ({ id }) => void ids.push(id));
  const url = `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = await connectHost({ url, prefix: 'bell' }, 10);
  context.after(async () => {
    await client.endAsync(true);
    server.close();
    broker.close();
  });
  await client.subscribeAsync('bell/x', { qos: 1 });
  const again = new Promise<void>((done) => broker.once('subscribe', () => done()));
  client.stream.destroy();
  await again;
  const heard = new Promise<string>((done) => client.once('message', (_topic, payload) => done(payload.toString())));
  await client.publishAsync('bell/x', 'still here', { qos: 1 });
  assert.equal(await heard, 'still here');
  assert.equal(new Set(ids).size, 2);
});
