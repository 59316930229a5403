import assert from 'node:assert/strict';
import { test } from 'node:test';
import { command } from '../../scripts/commands/watch.ts';
import { Attendance } from '../../scripts/lib/attendance.ts';
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

test('who is not there is told after some seconds, with the names that there are', async () => {
  const broker = await startBroker();
  const bell = await connectClient(broker.url);
  await bell.publishAsync('bell/front/status', 'online', { qos: 1, retain: true });
  await bell.publishAsync('bell/front/info', '{"names":["front","house","all"]}', { qos: 1, retain: true });
  const io = new FakeIo({ BELL_BROKER: broker.url });
  const watching = command.run({}, ['frnot', 'house'], io);
  await io.seen(/Ctrl-C ends/);
  assert.match(io.stderr, /^Nobody called "frnot" was heard yet\. "house" is a group: .* own names, front\./);
  assert.match(io.stderr, /Heard were front\. Ctrl-C ends\.\n$/);
  assert.equal(io.stdout, '', 'those who were not asked for are not shown');
  io.interrupt();
  assert.equal(await watching, 0);
  bell.end(true);
  await broker.close();
});

test('of a broker without bells it is told that none was heard', () => {
  const attendance = new Attendance('bell');
  assert.equal(attendance.missing([]), 'No bell was heard yet. ');
  attendance.hear('bell/front/status', '');
  attendance.hear('other/back/status', 'online');
  assert.equal(attendance.present(), '');
  attendance.hear('bell/front/update/status', '{}');
  assert.equal(attendance.missing([]) + attendance.missing(['front']), '');
  assert.equal(attendance.present(), 'Heard were front. ');
});
