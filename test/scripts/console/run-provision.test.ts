import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import d1Mini from '../../../boards/d1-mini.ts';
import { runProvision, type ProvisionWorld } from '../../../scripts/lib/console/run-provision.ts';
import { plugIn, storageOf } from '../../support/plugged-bell.ts';
import { scriptedAsker } from '../../support/rom/scripted-asker.ts';
import { FakeIo, startBroker } from '../host.ts';

const fresh = storageOf(d1Mini);
const SECRET = 'a secret word';

async function bench(t: TestContext) {
  const broker = await startBroker();
  t.after(() => broker.close());
  const number = Number(new URL(broker.url).port);
  const bell = plugIn(t, await fresh);
  const world: ProvisionWorld = {
    listPorts: async () => [{ path: '/dev/ttyUSB0', name: 'CH340' }], open: () => bell.port, asker: undefined,
    console: { patienceMs: 8000, answerMs: 3000 },
  };
  return { ...bell, number, world, io: new FakeIo() };
}

test('asks for the settings, hands them over, and waits until the bell is online', async (t) => {
  const { world, io, number, console } = await bench(t);
  const asker = scriptedAsker({
    'Wi-Fi network': 'school', 'Its password': SECRET, 'Name of the bell': 'front', 'Broker': `127.0.0.1:${number}`,
    'User name': '',
  });
  assert.equal(await runProvision({ isJson: false, waitS: 30 }, { ...world, asker }, io), 0);
  assert.match(io.stdout, /LOLIN D1 mini with relay shield, firmware \d+\.\d+\.\d+, Espruino 2v29\.\n/);
  assert.match(io.stdout, /front is online at 192\.168\.1\.50 with \d+\.\d+\.\d+\. Ring it: npx bell ring front\n$/);
  assert.ok(console.received.includes(SECRET));
  assert.ok(!`${io.stdout}${io.stderr}`.includes(SECRET));
});

test('takes the settings from a file, and tells a script in JSON', async (t) => {
  const { world, io, number } = await bench(t);
  const folder = mkdtempSync(join(tmpdir(), 'bell-provision-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const config = join(folder, 'bell.json');
  const mqtt = { host: '127.0.0.1', port: number };
  const settings = { id: 'back', wifi: [{ ssid: 'school', password: SECRET }], mqtt };
  writeFileSync(config, JSON.stringify(settings), { mode: 0o644 });
  assert.equal(await runProvision({ config, isJson: true, waitS: 30 }, world, io), 0);
  const [portal, last] = io.stdout.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  const { type, id, board, online } = last!;
  assert.deepEqual([portal!.type, portal!.name], ['portal', 'back']);
  assert.deepEqual([type, id, board], ['end', 'back', 'd1-mini']);
  assert.equal((online as { id: string }).id, 'back');
  assert.match(io.stderr, /others on this computer can read the passwords/);
});

test('a device that has a password for its access point keeps it', async (t) => {
  const { world, io, number } = await bench(t);
  const answers = {
    'Wi-Fi network': 'school', 'Its password': SECRET, 'Name of the bell': 'front', 'Broker': `127.0.0.1:${number}`,
    'User name': '',
  };
  const provision = (its: FakeIo) =>
    runProvision({ isJson: false, waitS: 0 }, { ...world, asker: scriptedAsker(answers) }, its);
  await provision(io);
  assert.match(io.stdout, /access point of its own: front, password [a-z2-9]{12}\./);
  const again = new FakeIo();
  await provision(again);
  assert.doesNotMatch(again.stdout, /access point/);
});

test('says that the settings are stored though the broker cannot be reached from here', async (t) => {
  const { world, io, board } = await bench(t);
  const asker = scriptedAsker({
    'Wi-Fi network': 'school', 'Its password': '', 'Name of the bell': 'front', 'Broker': '127.0.0.1:9',
    'User name': '',
  });
  const done = runProvision({ isJson: false, waitS: 30 }, { ...world, asker }, io);
  await assert.rejects(done, /front has its settings; whether/);
  assert.equal(board.restarts, 1);
});

test('changes nothing when no network is named, or nobody is there to ask', async (t) => {
  const { world, io, board } = await bench(t);
  const asker = scriptedAsker({ 'Wi-Fi network': '' });
  assert.equal(await runProvision({ isJson: false, waitS: 30 }, { ...world, asker }, io), 0);
  assert.match(io.stdout, /Nothing was changed\.\n$/);
  await assert.rejects(runProvision({ isJson: false, waitS: 30 }, world, io), /nobody to ask.*/);
  assert.equal(board.restarts, 0);
});
