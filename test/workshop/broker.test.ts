import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Broker } from '../../workshop/broker.ts';
import { listen, PortTaken } from '../../workshop/ports.ts';
import { clientOver, connectClient, nextMessage } from '../support/mqtt-client.ts';

test('a message from a socket reaches a client inside the process, and both are tapped', async () => {
  const broker = await Broker.open();
  const packets: string[] = [];
  broker.on('packet', ({ client, from, type }) => packets.push(`${client} ${from} ${type}`));
  const port = await listen(broker.tcp, '127.0.0.1', 0, 0);
  const inside = await clientOver(broker.dial(), { clientId: 'inside' });
  await inside.subscribeAsync('bell/+/ring', { qos: 1 });
  const outside = await connectClient(`mqtt://127.0.0.1:${port}`, { clientId: 'outside' });
  const arrived = nextMessage(inside);
  await outside.publishAsync('bell/front/ring', '200', { qos: 1 });
  assert.deepEqual(await arrived, ['bell/front/ring', '200']);
  assert.ok(packets.includes('outside client PUBLISH'));
  assert.ok(packets.includes('inside broker PUBLISH'));
  outside.end(true);
  inside.end(true);
  await broker.close();
});

test('every publication is told, the wills of lost clients too, and nothing of the broker itself', async () => {
  const broker = await Broker.open();
  const will = { topic: 'bell/front/status', payload: Buffer.from('offline'), qos: 1, retain: true } as const;
  const connection = broker.dial();
  const client = await clientOver(connection, { clientId: 'front', will });
  const told = new Promise((done) => broker.once('message', (topic, payload) => done([topic, payload.toString()])));
  connection.destroy();
  assert.deepEqual(await told, ['bell/front/status', 'offline']);
  client.end(true);
  await broker.close();
});

test('a port that is taken is stepped over when none was asked for, and named when it was', async () => {
  const first = await Broker.open();
  const second = await Broker.open();
  const port = await listen(first.tcp, '127.0.0.1', 0, 0);
  await assert.rejects(listen(second.tcp, '127.0.0.1', port, 0), (error: PortTaken) => {
    assert.ok(error instanceof PortTaken);
    assert.deepEqual([error.port, error.why], [port, 'in use']);
    return true;
  });
  assert.ok(await listen(second.tcp, '127.0.0.1', undefined, port) > port);
  await first.close();
  await second.close();
});
