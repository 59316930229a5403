import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, type TestContext } from 'node:test';
import { createServer } from 'node:tls';
import type { MqttClient } from 'mqtt';
import { command } from '../../../scripts/commands/bridge.ts';
import type { Values } from '../../../scripts/lib/command.ts';
import { mosquittoWith, passwordFile } from '../../support/brokers.ts';
import { makeCertificates } from '../../support/certificates.ts';
import { connectClient, messageWhere } from '../../support/mqtt-client.ts';
import { optional } from '../../support/optional.ts';
import { tlsFront } from '../../support/tls-front.ts';
import { fakeBell, FakeIo } from '../host.ts';

const mosquitto = optional('mosquitto');
const openssl = optional('openssl');
const skip = mosquitto.skip || openssl.skip;
const folder = mkdtempSync(join(tmpdir(), 'bell-bridges-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const certificates = skip ? undefined : makeCertificates(openssl.path!, folder);
const SECRET = { BELL_BRIDGE_PASSWORD: 'far away' };

/** A broker across the internet: TLS, a user, a password. */
async function far(t: TestContext) {
  const { ca, server: { cert, key } } = certificates!;
  const broker = await mosquittoWith(mosquitto.path!, (its) => [
    `cafile ${ca}`, `certfile ${cert}`, `keyfile ${key}`, 'allow_anonymous false',
    `password_file ${passwordFile(its, 'house:far away\nguest:guest\n')}`,
  ]);
  t.after(() => broker.stop());
  const login = { username: 'guest', password: 'guest', ca: readFileSync(ca) };
  const client = await connectClient(`mqtts://localhost:${broker.port}`, login);
  t.after(() => client.end(true));
  return { port: broker.port, client };
}

/** The broker of the house, with a bridge as the command writes it. */
async function near(t: TestContext, kind: string, values: Values, env: Record<string, string> = {}) {
  const out = join(folder, `${kind}.conf`);
  const io = new FakeIo(env);
  assert.equal(await command.run({ name: 'house', out, ...values }, [kind], io), 0);
  // A tenth of the usual pause, so that a test does not wait for it.
  const config = readFileSync(out, 'utf8').replace('restart_timeout 5 60', 'restart_timeout 1 1');
  const broker = await mosquittoWith(mosquitto.path!, () => ['allow_anonymous true', config]);
  t.after(() => broker.stop());
  const url = `mqtt://127.0.0.1:${broker.port}`;
  const client = await connectClient(url);
  t.after(() => client.end(true));
  return { url, client };
}

/** All that arrives at a client, as `topic payload`. */
async function listen(client: MqttClient): Promise<string[]> {
  const heard: string[] = [];
  client.on('message', (topic, payload) => heard.push(`${topic} ${payload.toString()}`));
  await client.subscribeAsync('bell/#', { qos: 1 });
  return heard;
}

test('a ring travels in, status and outcome travel out, and nothing goes round', { skip }, async (t) => {
  const there = await far(t);
  const here = await near(t, 'tls', {
    host: `localhost:${there.port}`, username: 'house', ca: certificates!.ca,
  }, SECRET);
  const [heardThere, heardHere] = [await listen(there.client), await listen(here.client)];
  const online = messageWhere(there.client, (payload, topic) => topic === 'bell/front/status' && payload === 'online');
  const bell = await fakeBell(here.url, ['front'], ({ id }) => ({ outcome: 'rung', ms: 400, id }));
  t.after(() => bell.close());
  await online;

  const rang = messageWhere(there.client, (payload) => payload.includes('"outcome"'));
  await there.client.publishAsync('bell/front/set', '{"muted":true}', { qos: 1 });
  await there.client.publishAsync('bell/front/ring', '{"id":"one","pattern":400}', { qos: 1 });
  assert.equal(await rang, '{"outcome":"rung","ms":400,"id":"one"}');

  // What would go round comes before this does.
  const last = messageWhere(there.client, (payload) => payload === 'the last');
  await here.client.publishAsync('bell/front/info', 'the last', { qos: 1 });
  await last;
  const rings = (heard: string[]) => heard.filter((line) => line.startsWith('bell/front/ring')).length;
  assert.deepEqual([rings(heardThere), rings(heardHere), bell.heard.length], [1, 1, 1]);
  assert.ok(!heardHere.some((line) => line.startsWith('bell/front/set')), 'settings were not let in');
  for (const topic of ['rang', 'info']) {
    assert.equal(heardThere.filter((line) => line.startsWith(`bell/front/${topic} `)).length, 1, topic);
  }
});

test('in front of AWS the bridge shows its certificate, host and protocol; what was rung without it is never rung', {
  skip,
}, async (t) => {
  const behind = await mosquittoWith(mosquitto.path!, () => ['allow_anonymous true']);
  t.after(() => behind.stop());
  const front = await tlsFront(behind.port, certificates!, 'x-amzn-mqtt-ca');
  t.after(() => front.close());
  const there = await connectClient(`mqtt://127.0.0.1:${behind.port}`);
  t.after(() => there.end(true));
  await there.subscribeAsync('bell/+/rang', { qos: 1 });
  const { ca, client: { cert, key } } = certificates!;
  const here = await near(t, 'aws', { host: `localhost:${front.port}`, ca, cert, key, alpn: 'x-amzn-mqtt-ca' });
  await here.client.subscribeAsync(['bell/+/ring', '$SYS/broker/connection/#'], { qos: 1 });
  const state = (value: string) => messageWhere(here.client, (payload, topic) => {
    return topic === '$SYS/broker/connection/house/state' && payload === value;
  });
  // The bridge says that it is there, to the house alone.
  await state('1');
  const rung: string[] = [];
  here.client.on('message', (topic, payload) => { if (topic.endsWith('/ring')) rung.push(payload.toString()); });
  const heard = (ring: string) => messageWhere(here.client, (payload) => payload === ring);
  const first = heard('first');
  await there.publishAsync('bell/front/ring', 'first', { qos: 1 });
  await first;
  assert.deepEqual(front.handshakes[0], { servername: 'localhost', alpn: 'x-amzn-mqtt-ca', client: 'house' });

  const away = state('0');
  front.cut();
  await away;
  await there.publishAsync('bell/front/ring', 'while it was away', { qos: 1 });
  await here.client.publishAsync('bell/front/rang', 'said meanwhile', { qos: 1 });
  const [back, said] = [state('1'), messageWhere(there, (payload) => payload === 'said meanwhile')];
  front.open();
  await Promise.all([back, said]);
  const second = heard('second');
  await there.publishAsync('bell/front/ring', 'second', { qos: 1 });
  await second;
  assert.deepEqual(rung, ['first', 'second']);
});

test('--check logs in as the bridge would, and finds rings that were retained', { skip }, async (t) => {
  const there = await far(t);
  const good = { host: `localhost:${there.port}`, username: 'house', ca: certificates!.ca, check: true };
  const check = async (values: Values, env: Record<string, string> = SECRET) => {
    const io = new FakeIo(env);
    const code = await command.run({ name: 'house', ...values }, ['tls'], io);
    return `${code} ${io.stdout}`;
  };
  assert.match(await check(good), /^0 .* lets the bridge in, and keeps no ring\.\nSet ring\.needsAt/);
  await there.client.publishAsync('bell/front/ring', '1', { qos: 1, retain: true });
  const rings = /^1 .*whenever the bridge connects:\n {2}bell\/front\/ring\nTake each away.*\nSet ring\.needsAt/s;
  assert.match(await check(good), rings);
  const sentence = (error: { sentence: string }) => error.sentence;
  const refusals = [
    [{ ca: certificates!.stranger }, SECRET, /signed by nobody who is trusted .* Name the right --ca/],
    [{ host: `127.0.0.1:${there.port}` }, SECRET, /is for another host/],
    [{}, { BELL_BRIDGE_PASSWORD: 'wrong' }, /refuses this user name or password/],
    [{ host: 'localhost:9' }, SECRET, /does not answer/],
  ] as const;
  for (const [values, env, expected] of refusals) {
    assert.match(await check({ ...good, ...values }, env).catch(sentence), expected);
  }
});

test('a bridge says nothing to who answers with the certificate of a stranger', { skip }, async (t) => {
  const { server: { cert, key }, stranger: ca } = certificates!;
  const trusted: unknown[] = [];
  const server = createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (socket) => trusted.push(socket));
  t.after(() => server.close());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const attempts = new Promise<void>((done) => {
    let count = 0;
    server.on('tlsClientError', () => { if (++count === 2) done(); });
  });
  const { port } = server.address() as AddressInfo;
  await near(t, 'tls', { host: `localhost:${port}`, username: 'house', ca }, SECRET);
  await attempts;
  assert.deepEqual(trusted, []);
});
