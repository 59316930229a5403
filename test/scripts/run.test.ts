import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { main } from '../../scripts/bell.ts';
import { viewBroker, type BrokerNews } from '../../scripts/lib/broker-view.ts';
import { connectClient } from '../support/mqtt-client.ts';
import { optional } from '../support/optional.ts';
import { FakeIo, startBroker } from './host.ts';

const { path: bin = '', skip } = optional('espruino');
const folder = mkdtempSync(join(tmpdir(), 'bell-run-test-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A file with settings; gives its path. */
function settings(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function fails(words: string[], env: Record<string, string>): Promise<string> {
  const io = new FakeIo(env);
  assert.equal(await main(['run', ...words], io), 1);
  return io.stderr;
}

// Any program will do where none is started.
const env = { ESPRUINO_BIN: process.execPath };

test('asks for the interpreter, and says where to get it', async () => {
  const path = settings('right.json', '{ "mqtt": { "host": "127.0.0.1" } }');
  const where = /Set it to the path of Espruino for Linux: https:\S+ has it\.\n$/;
  assert.match(await fails(['--config', path], {}), /ESPRUINO_BIN is not set\. /);
  assert.match(await fails(['--config', path], {}), where);
});

test('a program that is not Espruino is called so, and not started for ever', async () => {
  const path = settings('right.json', '{ "mqtt": { "host": "127.0.0.1" } }');
  for (const other of [process.execPath, '/bin/false']) {
    const said = await fails(['--config', path], { ESPRUINO_BIN: other });
    assert.match(said, /^bell: ESPRUINO_BIN is ".*", which is not Espruino\. Set it to/);
  }
});

test('asks for settings, before it looks at the interpreter', async () => {
  assert.match(await fails([], {}), /Settings are missing\. Name them with --config bell\.json\./);
});

test('names a file that is not there', async () => {
  assert.match(await fails(['--config', 'none.json'], env), /There is no file none\.json\. Write one like \{.*"host"/);
});

test('names line and path of each wrong setting', async () => {
  const path = settings('wrong.json', '{\n  "mqtt": { "host": "a", "port": 99999 }\n}\n');
  assert.match(await fails(['--config', path], env), /wrong\.json:2 mqtt\.port is 99999: /);
});

test('a file that is wrong as a whole has nothing between its line and what is the matter', async () => {
  const path = settings('bad.json', '{\n"mqtt": }\n');
  assert.match(await fails(['--config', path], env), /bad\.json:2: a value was expected/);
});

test('refuses a board for a chip', async () => {
  assert.match(await fails(['--board', 'd1-mini'], env), /"d1-mini" is a board for a chip\. What runs here is linux\./);
});

test('runs the bundle: a ring moves the relay, and its edges come as JSON', { skip }, async (t) => {
  const broker = await startBroker();
  t.after(() => broker.close());
  const client = await connectClient(broker.url);
  t.after(() => client.end(true));
  const isOnline = new Promise<void>((done) => client.on('message', (_topic, payload) => {
    if (payload.toString() === 'online') done();
  }));
  await client.subscribeAsync('bell/front/status');
  const io = new FakeIo({ ESPRUINO_BIN: bin });
  const mqtt = { host: '127.0.0.1', port: Number(new URL(broker.url).port) };
  const ended = main(['run', '--config', settings('bell.json', JSON.stringify({ id: 'front', mqtt })), '--json'], io);
  t.after(() => io.interrupt());

  await isOnline;
  await io.seen(/"online"/);
  await client.publishAsync('bell/front/ring', '120', { qos: 1 });
  await io.seen(/"level":1[^]*"level":0/);
  io.interrupt();

  assert.equal(await ended, 0);
  const all = io.stdout.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.deepEqual(all[0], { type: 'broker', url: broker.url });
  const [online] = all.filter(({ type }) => type === 'status');
  assert.deepEqual(online, { type: 'status', bell: 'front', status: 'online' });
  const lines = all.filter(({ type }) => type === 'edge') as { level: number; ms: number }[];
  assert.deepEqual(lines.map(({ level }) => level), [0, 1, 0]);
  // Linux has no hardware timer: a stroke is never shorter than asked for, but may be longer.
  assert.ok(lines[2]!.ms - lines[1]!.ms >= 120);
});

test('says where it looks for a broker, and in words why there is none', { skip }, async (t) => {
  const { url, close } = await startBroker();
  await close();
  const io = new FakeIo({ ESPRUINO_BIN: bin });
  const mqtt = { host: '127.0.0.1', port: Number(new URL(url).port) };
  const ended = main(['run', '--config', settings('bell.json', JSON.stringify({ mqtt }))], io);
  t.after(() => io.interrupt());
  await io.seen(new RegExp(` broker ${url}\n.* No broker answers at ${url}\\.\n`));
  await io.seen(/\| ERROR: .*\(err 111: connection refused\)/);
  io.interrupt();
  assert.equal(await ended, 0);
});

test('what its broker knows of a bell is told when it changes, and what is wrong with the broker once', async (t) => {
  const broker = await startBroker();
  t.after(() => broker.close());
  const client = await connectClient(broker.url);
  t.after(() => client.end(true));
  const said: BrokerNews[] = [];
  let heard: () => void = () => undefined;
  const end = new AbortController();
  t.after(() => end.abort());
  await viewBroker({ url: broker.url, prefix: 'bell' }, 'front', (news) => { said.push(news); heard(); }, end.signal);
  for (const status of ['offline', 'online', 'online', 'offline']) {
    await client.publishAsync('bell/front/status', status, { qos: 1 });
  }
  const words = () => said.map((news) => (news.type === 'status' ? news.status : news.type)).join(' ');
  while (words() !== 'broker offline online offline') await new Promise<void>((done) => { heard = done; });
});
