import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { main } from '../../scripts/bell.ts';
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

test('asks for the interpreter first', async () => {
  assert.match(await fails([], {}), /ESPRUINO_BIN is not set\. Set it to the path/);
});

test('asks for settings', async () => {
  assert.match(await fails([], env), /Settings are missing\. Name them with --config bell\.json\./);
});

test('names a file that is not there', async () => {
  assert.match(await fails(['--config', 'none.json'], env), /There is no file none\.json\. Write one like \{.*"host"/);
});

test('names line and path of each wrong setting', async () => {
  const path = settings('wrong.json', '{\n  "mqtt": { "host": "a", "port": 99999 }\n}\n');
  assert.match(await fails(['--config', path], env), /wrong\.json:2 mqtt\.port is 99999: /);
});

test('refuses a board for a chip', async () => {
  assert.match(await fails(['--board', 'd1-mini'], env), /"d1-mini" is a board for a chip\. What runs here is linux\./);
});

test('runs the bundle: a ring moves the relay, and its edges come as JSON', { skip }, async (t) => {
  const broker = await startBroker();
  t.after(() => broker.close());
  const client = await connectClient(broker.url);
  t.after(() => client.end(true));
  const online = new Promise<void>((done) => client.on('message', (_topic, payload) => {
    if (payload.toString() === 'online') done();
  }));
  await client.subscribeAsync('bell/front/status');
  const io = new FakeIo({ ESPRUINO_BIN: bin });
  const mqtt = { host: '127.0.0.1', port: Number(new URL(broker.url).port) };
  const ended = main(['run', '--config', settings('bell.json', JSON.stringify({ id: 'front', mqtt })), '--json'], io);
  t.after(() => io.interrupt());

  await online;
  await client.publishAsync('bell/front/ring', '120', { qos: 1 });
  await io.seen(/"level":1[^]*"level":0/);
  io.interrupt();

  assert.equal(await ended, 0);
  const lines = io.stdout.trim().split('\n').map((line) => JSON.parse(line) as { level: number; ms: number });
  assert.deepEqual(lines.map(({ level }) => level), [0, 1, 0]);
  // Linux has no hardware timer: a stroke is never shorter than asked for, but may be longer.
  assert.ok(lines[2]!.ms - lines[1]!.ms >= 120);
});
