import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { findBoard } from '../../../boards/index.ts';
import { interpreters } from '../../../boards/interpreters.ts';
import { loadSettings } from '../../../firmware/core/settings/load.ts';
import { command, flash } from '../../../scripts/commands/flash.ts';
import type { Values } from '../../../scripts/lib/command.ts';
import { Failure } from '../../../scripts/lib/failure.ts';
import type { FlashWorld } from '../../../scripts/lib/flash/run-flash.ts';
import { makeImage } from '../../../scripts/lib/image.ts';
import { regionStore } from '../../../scripts/lib/region.ts';
import { makeStorage } from '../../../scripts/lib/storage-image.ts';
import { crc } from '../../support/crc.ts';
import { connectClient } from '../../support/mqtt-client.ts';
import { FakeChip } from '../../support/rom/chip.ts';
import { MemoryPort } from '../../support/rom/memory-port.ts';
import { writeRelease } from '../../support/rom/release.ts';
import { scriptedAsker } from '../../support/rom/scripted-asker.ts';
import { startBroker, FakeIo } from '../host.ts';

const folder = mkdtempSync(join(tmpdir(), 'bell-flash-'));
after(() => rmSync(folder, { recursive: true, force: true }));
for (const interpreter of interpreters) writeRelease(folder, interpreter);

const d1 = findBoard('d1-mini')!;
const storage = makeStorage(d1, makeImage(d1, 'f()', '1.0.0'), 'print(1);');

function world(chip = new FakeChip('ESP8266'), changed: Partial<FlashWorld> = {}): FlashWorld {
  const port = new MemoryPort(chip);
  return {
    listPorts: async () => [{ path: '/dev/ttyUSB0', name: 'CH340' }],
    open: () => port,
    factory: () => storage,
    fetch: () => assert.fail('there is no network'),
    asker: undefined,
    rom: { attempts: 1, patienceMs: 500 },
    ...changed,
  };
}

function config(text: object, mode = 0o600): string {
  const path = join(folder, `config${Math.random()}.json`);
  writeFileSync(path, JSON.stringify(text), { mode });
  return path;
}

function settingsIn(chip: FakeChip) {
  const { address, pageSize, pages } = d1.storage;
  const area = chip.flash.bytes.subarray(address, address + pageSize * pages);
  return loadSettings(regionStore(area, d1), crc, { strokeMs: 1500, password: 1024 });
}

const newIo = () => new FakeIo({ BELL_CACHE: join(folder, 'cache') });
const here: Values = { images: folder };
const front = { id: 'front', wifi: [{ ssid: 'school', password: 's3cret-wifi' }], mqtt: { host: '127.0.0.1' } };

async function refusal(work: Promise<unknown>): Promise<string> {
  return work.then(() => assert.fail('went well'), (error: unknown) => {
    assert.ok(error instanceof Failure, String(error));
    return error.sentence;
  });
}

test('says what it does in sentences, and no secret', async () => {
  const io = newIo();
  const values = { ...here, board: 'd1-mini', config: config(front), wait: '0' };
  assert.equal(await flash(values, world(), io), 0);
  const lines = io.stdout.split('\n').filter((line) => !/^ {2}[0-9a-f]{64}/.test(line));
  assert.equal(lines[0], 'Port: /dev/ttyUSB0, CH340.');
  assert.equal(lines[1], 'ESP8266 5c:cf:7f:12:34:56: LOLIN D1 mini with relay shield.');
  assert.match(lines[2]!, /^Nobody publishes hashes of the interpreter\. These count from now on \(.*pins\.json\):$/);
  assert.match(lines[3]!, /^Without a network it opens an access point of its own: front, password [a-z2-9]{12}\.$/);
  assert.match(lines[4]!, /^Write that down/);
  assert.match(lines[5]!, /^Interpreter: \d+ KB written and compared\.$/);
  assert.match(lines[6]!, /^Firmware: \d+ KB written and compared\.$/);
  assert.deepEqual(lines.slice(7), ['Settings: new ones stored.', 'front is flashed.', '']);
  assert.doesNotMatch(io.stdout + io.stderr, /s3cret/);
  assert.match(io.stderr, /interpreter: espruino_esp8266_user1\.bin/);
});

test('gives a script one object a line', async () => {
  const io = newIo();
  await flash({ ...here, board: 'd1-mini', config: config(front), wait: '0', json: true }, world(), io);
  const events = io.stdout.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  const end = { type: 'end', id: 'front', board: 'd1-mini', mac: '5c:cf:7f:12:34:56', online: null };
  assert.deepEqual(events.at(-1), end);
  const written = events.filter(({ type }) => type === 'written');
  assert.deepEqual(written.map(({ step }) => step), ['interpreter', 'firmware']);
});

test('asks a person for port, board, network and broker, until each answer will do', async () => {
  const asker = scriptedAsker({
    'Which port': 'CP210x',
    'Which board': 'NodeMCU',
    'Name of the bell': ['Front Door', 'front'],
    'Wi-Fi network': 'school',
    'Its password (nothing': ['short', 'long enough'],
    'Broker': ['', 'broker.local:1884'],
    'User name': 'ada',
    'Its password': 's3cret',
  });
  const nodemcu = findBoard('nodemcu')!;
  const io = newIo();
  await flash({ ...here, wait: '0' }, world(new FakeChip('ESP8266'), {
    asker,
    listPorts: async () => [{ path: 'COM3', name: 'CH340' }, { path: 'COM4', name: 'CP210x' }],
    factory: async () => makeStorage(nodemcu, makeImage(nodemcu, 'f()', '1.0.0'), 'print(1);'),
  }), io);
  assert.match(io.stdout, /front is flashed\.\n$/);
  assert.match(io.stdout, /id: must be.*\n/);
  assert.match(io.stdout, /A broker is needed/);
  assert.equal(asker.asked.length, 11);
});

test('with nobody to ask, a board without settings is flashed and stays without', async () => {
  const io = newIo();
  assert.equal(await flash({ ...here, board: 'd1-mini' }, world(), io), 0);
  assert.match(io.stdout, /It is flashed and has no settings yet\. Give it some: npx bell provision\.\n$/);
});

test('the password of the access point is made once, and said once', async () => {
  const chip = new FakeChip('ESP8266');
  const passwordIn = async (values: Values, its = newIo()) => {
    await flash({ ...here, board: 'd1-mini', wait: '0', ...values }, world(chip), its);
    return /password ([a-z2-9]{12})\./.exec(its.stdout)?.[1];
  };
  const bare = newIo();
  const password = await passwordIn({}, bare);
  assert.ok(password);
  assert.match(bare.stdout, /access point of its own: bell-123456, .*\nSettings: none yet/s);
  assert.equal(await passwordIn({ config: config(front) }), undefined, 'it has one');
  assert.equal(await passwordIn({}), undefined, 'it has one, and settings');
  assert.equal(settingsIn(chip).portal.password, password);
  await passwordIn({ config: config({ ...front, portal: { password: 'one of my own' } }) });
  assert.equal(settingsIn(chip).portal.password, 'one of my own');
});

test('with nobody to ask, what cannot be found out has to be named', async () => {
  const two = async () => [{ path: '/dev/ttyUSB0', name: 'CH340' }, { path: '/dev/ttyUSB1', name: '' }];
  assert.equal(
    await refusal(flash(here, world(undefined, { listPorts: two }), newIo())),
    'There are 2 ports: /dev/ttyUSB0, CH340; /dev/ttyUSB1. Name one, for example --port /dev/ttyUSB0.',
  );
  const none = async () => [];
  assert.match(await refusal(flash(here, world(undefined, { listPorts: none }), newIo())), /cable that carries/);
  assert.match(await refusal(flash(here, world(), newIo())), /Several boards have an ESP8266: d1-mini, nodemcu/);
  assert.match(await refusal(flash({ ...here, board: 'd2' }, world(), newIo())), /no board "d2".*Known are d1-mini/);
});

test('a port that is named is taken whatever the list says, or where there is none', async () => {
  for (const listPorts of [async () => [], async () => Promise.reject(new Error('no list'))]) {
    const io = newIo();
    await flash({ ...here, board: 'd1-mini', port: '/dev/pts/7' }, world(undefined, { listPorts }), io);
    assert.match(io.stdout, /^Port: \/dev\/pts\/7\.\n/);
  }
});

test('settings that are wrong are refused with their line before anything is written', async () => {
  const chip = new FakeChip('ESP8266');
  const values = { ...here, board: 'd1-mini', config: config({ ...front, statsS: -1 }) };
  assert.match(await refusal(flash(values, world(chip), newIo())), /:1 statsS is -1: must be/);
  assert.ok(!chip.requests.includes('defl begin'));
});

test('a file of settings that others can read is pointed out', { skip: process.platform === 'win32' }, async () => {
  const path = config(front, 0o644);
  const io = newIo();
  await flash({ ...here, board: 'd1-mini', config: path, wait: '0' }, world(), io);
  assert.match(io.stdout, /Mind: others on this computer can read the passwords in .*\. Say chmod 600 /);
});

test('a broker that nobody reaches from here does not undo the flashing', async () => {
  const chip = new FakeChip('ESP8266');
  const values = { ...here, board: 'd1-mini', config: config({ ...front, mqtt: { host: '127.0.0.1', port: 1 } }) };
  const said = await refusal(flash(values, world(chip), newIo()));
  assert.match(said, /^front is flashed; whether it comes online cannot be seen from here: No broker answers/);
  assert.equal(chip.starts, 1);
});

test('a bell that does not come online is told from one that was online earlier', async () => {
  const broker = await startBroker();
  const { port } = new URL(broker.url);
  const earlier = await connectClient(broker.url);
  await earlier.publishAsync('bell/front/status', 'online', { retain: true, qos: 1 });
  await earlier.publishAsync('bell/front/info', '{"version":"0.9.0"}', { retain: true, qos: 1 });
  earlier.end(true);
  const mqtt = { host: '127.0.0.1', port: Number(port) };
  const values = { ...here, board: 'd1-mini', config: config({ ...front, mqtt }), wait: '0' };
  const said = await refusal(flash({ ...values, wait: '1' }, world(), newIo()));
  assert.match(said, /^front is flashed and has not come online in 1 s\. Are network and password right/);
  await broker.close();
});

test('options that make no sense are refused', async () => {
  assert.match(await refusal(flash({ 'flash-mode': 'fast' }, world(), newIo())), /modes are qio, qout, dio, dout/);
  assert.match(await refusal(flash({ wait: 'long' }, world(), newIo())), /--wait takes a whole number/);
  assert.match(await refusal(command.run({}, ['front'], newIo())), /takes options only/);
});
