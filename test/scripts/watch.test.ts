import assert from 'node:assert/strict';
import { test } from 'node:test';
import { command } from '../../scripts/commands/watch.ts';
import { inWords, readSight } from '../../scripts/lib/watch-line.ts';
import { connectClient } from '../support/mqtt-client.ts';
import { FakeIo, startBroker } from './host.ts';

test('what the bells say is shown until the user has seen enough', async () => {
  const broker = await startBroker();
  const bell = await connectClient(broker.url);
  await bell.publishAsync('bell/front/status', 'online', { qos: 1, retain: true });
  const io = new FakeIo({ BELL_BROKER: broker.url });
  const watching = command.run({}, [], io);
  await io.seen(/front {9}online {2}\(said earlier\)/);
  await bell.publishAsync('bell/front/rang', '{"id":"a","outcome":"rung","ms":200}', { qos: 1 });
  await io.seen(/front {9}rung, 200 ms \[a\]/);
  io.interrupt();
  assert.equal(await watching, 0);
  bell.end(true);
  await broker.close();
});

test('only the bells that were named are shown, as JSON for programs', async () => {
  const broker = await startBroker();
  const bell = await connectClient(broker.url);
  await bell.publishAsync('bell/back/status', 'online', { qos: 1, retain: true });
  await bell.publishAsync('bell/front/status', 'online', { qos: 1, retain: true });
  const io = new FakeIo({ BELL_BROKER: broker.url });
  const watching = command.run({ json: true }, ['front'], io);
  await io.seen(/\n/);
  io.interrupt();
  await watching;
  const { at, ...said } = JSON.parse(io.stdout) as Record<string, unknown>;
  assert.deepEqual(said, { bell: 'front', topic: 'status', said: 'online', retain: true });
  assert.ok(!Number.isNaN(Date.parse(String(at))));
  bell.end(true);
  await broker.close();
});

test('each kind of message has its words', () => {
  const words = (topic: string, payload: string) => inWords(readSight('bell', topic, payload)!);
  assert.equal(words('bell/front/status', 'offline'), 'offline');
  assert.equal(words('bell/door/button', '{"event_type":"ring"}'), 'button: ring');
  assert.equal(words('bell/front/rang', '{"outcome":"busy","ms":0}'), 'refused: another ring was sounding');
  assert.equal(
    words('bell/front/info', '{"board":"d1-mini","names":["front","all"],"error":"","settings":{"led":true}}'),
    'info: board d1-mini, names front all, error none',
  );
  assert.equal(words('bell/front/stats', '{"uptime":60,"counts":{"rung":2}}'), 'stats: uptime 60, counts.rung 2');
});

test('topics that are not of a bell are left out, and a prefix may have levels', () => {
  assert.equal(readSight('bell', 'bell/front/ring', '200'), undefined);
  assert.equal(readSight('bell', 'other/front/status', 'online'), undefined);
  assert.equal(readSight('school/bell', 'school/bell/front/update/status', '{}')?.bell, 'front');
});
