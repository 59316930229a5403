import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { errorFinding, restartFinding } from '../../../scripts/lib/doctor/error-story.ts';
import { examineOnline } from '../../../scripts/lib/doctor/online-device.ts';
import { command } from '../../../scripts/commands/doctor.ts';
import { version } from '../../../scripts/lib/paths.ts';
import d1Mini from '../../../boards/d1-mini.ts';
import { readSettings } from '../../../scripts/lib/read-settings.ts';
import { putSettings } from '../../../scripts/lib/storage-image.ts';
import { plugIn, storageOf } from '../../support/plugged-bell.ts';
import { connectClient } from '../../support/mqtt-client.ts';
import { FakeIo, startBroker } from '../host.ts';

const never = new AbortController().signal;
const INFO = { version: version(), board: 'd1-mini', address: '192.168.1.50', reason: 'power on', error: '' };

/** A broker with a device on it that says this when it is asked; undefined: it says nothing. */
async function scene(t: TestContext, status: string | undefined, ...answers: object[]) {
  const broker = await startBroker();
  t.after(() => broker.close());
  const client = await connectClient(broker.url);
  t.after(() => client.end(true));
  if (status !== undefined) await client.publishAsync('bell/front/status', status, { qos: 1, retain: true });
  client.on('message', () => {
    for (const answer of answers) client.publish('bell/front/info', JSON.stringify(answer), { qos: 1, retain: true });
  });
  await client.subscribeAsync('bell/front/who');
  const found = await examineOnline('front', { url: broker.url, prefix: 'bell' }, 500, never);
  return { wrong: found.filter(({ level }) => level === 'wrong').map(({ code }) => code), found };
}

test('finds nothing wrong with a bell that answers', async (t) => {
  const { wrong, found } = await scene(t, 'online', INFO);
  assert.deepEqual(wrong, []);
  assert.deepEqual(found.map(({ code }) => code), ['broker', 'online', 'version', 'port-88']);
});

test('finds nothing wrong with the firmware itself, online', async (t) => {
  const broker = await startBroker();
  t.after(() => broker.close());
  const storage = Buffer.from(await storageOf(d1Mini));
  const mqtt = { host: '127.0.0.1', port: Number(new URL(broker.url).port) };
  const text = JSON.stringify({ id: 'front', wifi: [{ ssid: 'school' }], mqtt });
  putSettings(storage, d1Mini, readSettings('bell.json', () => text, d1Mini));
  const client = await connectClient(broker.url);
  t.after(() => client.end(true));
  const isOnline = new Promise<void>((done) => client.on('message', () => done()));
  await client.subscribeAsync('bell/front/info');
  plugIn(t, storage);
  await isOnline;
  const found = await examineOnline('front', { url: broker.url, prefix: 'bell' }, 2500, never);
  assert.deepEqual(found.map(({ code }) => code), ['broker', 'online', 'version', 'port-88']);
});

test('says that a bell is offline, unknown, or online and mute', async (t) => {
  assert.deepEqual((await scene(t, 'offline')).wrong, ['offline']);
  assert.deepEqual((await scene(t, undefined)).wrong, ['unknown']);
  assert.deepEqual((await scene(t, 'online')).wrong, ['mute']);
});

test('says that a bell is in safe mode, with its reason', async (t) => {
  const news = { mode: 'safe mode', board: 'd1-mini', version: '1.0.0', reason: 'power on; slot a damaged' };
  const { wrong, found } = await scene(t, 'safe mode', news);
  assert.ok(wrong.includes('safe-mode'));
  assert.match(found.find(({ code }) => code === 'safe-mode')?.what ?? '', /slot a damaged/);
});

test('notices two devices of one name', async (t) => {
  const { wrong } = await scene(t, 'online', INFO, { ...INFO, address: '192.168.1.51' });
  assert.deepEqual(wrong, ['same-name']);
});

test('mentions an older version, TLS without checks, and that it is muted', async (t) => {
  const settings = { muted: true, mqtt: { tls: true } };
  const { found } = await scene(t, 'online', { ...INFO, version: '0.9.0', board: 'esp32-devkit', settings });
  const codes = found.filter(({ level }) => level === 'mind').map(({ code }) => code);
  assert.deepEqual(codes, ['version', 'muted', 'tls']);
});

test('says what ring.needsAt refuses, and that without a time server it refuses everything', async (t) => {
  const told = async (server: string) => {
    const { found } = await scene(t, 'online', { ...INFO, settings: { ring: { needsAt: true }, time: { server } } });
    return found.filter(({ code }) => code === 'needs-at').map(({ level, what }) => `${level}: ${what}`);
  };
  assert.match((await told('192.168.1.1')).join(), /^mind: It refuses rings that do not say when/);
  assert.match((await told('')).join(), /^wrong: It refuses every ring/);
});

test('every reason of the client has a cure of its own', () => {
  const reasons = [
    'bad user name or password', 'not authorized', 'identifier rejected', 'server unavailable', 'connection lost',
    'cannot connect: no memory', 'connection timed out', 'no CONNACK', 'no PINGRESP', 'wrong Wi-Fi password',
    'no such Wi-Fi network in range', 'the broker refuses bell/ground/ring', 'bell.json: mqtt.port must be a number',
  ];
  const common = /have the reasons/;
  for (const reason of reasons) assert.doesNotMatch(errorFinding(reason)?.cure ?? 'have the reasons', common);
  assert.equal(errorFinding(''), undefined);
});

test('tells a crash and a fall-back from a start that somebody wanted', () => {
  assert.equal(restartFinding('power on'), undefined);
  assert.equal(restartFinding('soft wdt')?.code, 'crashed');
  assert.equal(restartFinding('restart; slot b was never confirmed')?.code, 'fell-back');
});

test('says that there is no such broker, and that it refuses the password', async (t) => {
  const io = new FakeIo();
  assert.equal(await command.run({ broker: 'mqtt://127.0.0.1:9' }, ['front'], io), 1);
  assert.match(io.stdout, /^WRONG {2}No broker answers at mqtt:\/\/127\.0\.0\.1:9\./);
  const broker = await startBroker({ username: 'bell', password: 'ring' });
  t.after(() => broker.close());
  const refused = new FakeIo();
  const url = broker.url.replace('//', '//bell:wrong@');
  assert.equal(await command.run({ broker: url }, ['front'], refused), 1);
  assert.match(refused.stdout, /refuses this user name or password/);
  assert.ok(!refused.stdout.includes('bell:wrong'));
});
