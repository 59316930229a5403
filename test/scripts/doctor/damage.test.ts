import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import type { Board } from '../../../boards/board.ts';
import d1Mini from '../../../boards/d1-mini.ts';
import esp32 from '../../../boards/esp32-devkit.ts';
import nodemcu from '../../../boards/nodemcu.ts';
import { slotOffset } from '../../../firmware/core/boot/image.ts';
import { FILE, fileLength, FIRST_UNIT, settingsUnit, UNIT } from '../../../firmware/core/layout.ts';
import { brokerFindings } from '../../../scripts/lib/doctor/broker-story.ts';
import type { Finding } from '../../../scripts/lib/doctor/finding.ts';
import { interpreterFinding } from '../../../scripts/lib/doctor/interpreter-story.ts';
import { isProgram } from '../../../scripts/lib/doctor/known-loader.ts';
import { examineOnline } from '../../../scripts/lib/doctor/online-device.ts';
import { examinePlugged, type DoctorWorld } from '../../../scripts/lib/doctor/plugged-device.ts';
import type { Expectations } from '../../../scripts/lib/doctor/running-device.ts';
import type { DeviceBroker } from '../../../scripts/lib/doctor/storage-finding.ts';
import { accessPointFindings } from '../../../scripts/lib/doctor/wifi-story.ts';
import type { SerialDevice } from '../../../scripts/lib/flash/serial-device.ts';
import { readSettings } from '../../../scripts/lib/read-settings.ts';
import { addFile } from '../../../scripts/lib/storage-file.ts';
import { putSettings } from '../../../scripts/lib/storage-image.ts';
import { ConsolePort } from '../../support/console-port.ts';
import { plugIn, storageOf } from '../../support/plugged-bell.ts';
import { FakeChip } from '../../support/rom/chip.ts';
import { MemoryPort } from '../../support/rom/memory-port.ts';
import { startBroker } from '../host.ts';

const never = new AbortController().signal;
const fresh = storageOf(d1Mini);
const COPY = 32 + FIRST_UNIT + settingsUnit(0) * UNIT;
/** Where the loader's text begins, behind the firmware's file and a header. */
const LOADER = 32 + fileLength(d1Mini.slotUnits) + 32;

function world(device: SerialDevice, expectations: Expectations = {}): DoctorWorld {
  return {
    listPorts: async () => [{ path: '/dev/ttyUSB0', name: 'CH340' }], open: () => device, serialChips: () => [],
    console: { patienceMs: 8000, answerMs: 3000 }, rom: { attempts: 1 }, expectations,
  };
}

const SECRET = 'a secret word';

async function withSettings(copies = 1): Promise<Buffer> {
  const storage = Buffer.from(await fresh);
  const mqtt = { host: '127.0.0.1', port: 9, username: 'front', password: SECRET };
  for (let copy = 1; copy <= copies; copy++) {
    const text = { id: 'front', wifi: [{ ssid: 'school', password: SECRET }], mqtt, statsS: 60 * copy };
    putSettings(storage, d1Mini, readSettings('bell.json', () => JSON.stringify(text), d1Mini));
  }
  return storage;
}

async function look(t: TestContext, storage: Uint8Array, expectations?: Expectations, kind?: Board) {
  const { port } = plugIn(t, storage, kind);
  const found = await examinePlugged(undefined, world(port, expectations), never);
  return (code: string) => found.find((one) => one.code === code);
}

const level = (finding: Finding | undefined) => finding?.level;

test('a loader is whole, another one, damaged, or missing', async (t) => {
  const storage = await withSettings();
  const text = storage.subarray(LOADER, LOADER + storage.readUIntLE(LOADER - 32, 3)).toString('latin1');
  const expectations = { loader: async () => ({ text, isProgram }) };
  const changed = async (change: (copy: Buffer) => void) => {
    const copy = Buffer.from(storage);
    change(copy);
    return (await look(t, copy, expectations))('loader');
  };
  const whole = await changed(() => undefined);
  assert.deepEqual([whole?.level, whole?.what], ['right', 'The loader is whole.']);
  const other = await changed((copy) => copy.write('SLOT', LOADER + text.indexOf('slot '), 'latin1'));
  assert.deepEqual([other?.level, /another one/.test(other?.what ?? '')], ['mind', true]);
  const torn = await changed((copy) => copy.fill(0xff, LOADER + 9000, LOADER + 9050));
  assert.deepEqual([torn?.level, torn?.what], ['wrong', 'The loader is damaged.']);
  const broken = await changed((copy) => copy.write('}', LOADER, 'latin1'));
  assert.equal(broken?.what, 'The loader is damaged.');
});

test('Storage is damaged when the firmware does not have its first file', async (t) => {
  const storage = await withSettings();
  assert.equal(level((await look(t, storage))('storage')), 'right');
  const own = storage.subarray(32, 32 + fileLength(d1Mini.slotUnits)).toString('latin1');
  const second = addFile(addFile(Buffer.alloc(0), 'another', '1'), FILE, own);
  const found = await look(t, second);
  assert.match(found('storage')?.what ?? '', /Storage is damaged/);
  assert.equal(found('loader')?.what, 'The loader is missing.');
});

test('one damaged copy of the settings does no harm, and both do', async (t) => {
  const two = await withSettings(2);
  two[COPY + 40]! ^= 1;
  const one = (await look(t, two))('settings');
  assert.deepEqual([one?.level, /One of the two copies/.test(one?.what ?? '')], ['mind', true]);
  two[COPY + 2 * UNIT + 40]! ^= 1;
  assert.match((await look(t, two))('settings')?.what ?? '', /Its settings are damaged/);
});

test('a device that was flashed as another board than it is taken for', async (t) => {
  const found = await look(t, await withSettings(), { board: nodemcu });
  assert.match(found('other-board')?.what ?? '', /flashed as LOLIN D1 mini.*not as NodeMCU/);
  assert.match(found('other-board')?.cure ?? '', /bell flash makes it one, when nodemcu is named/);
});

test('a chip that is not the one of its board', async (t) => {
  const found = await look(t, await storageOf(esp32), {}, { ...esp32, chip: 'esp32c3' } as Board);
  assert.match(found('wrong-chip')?.what ?? '', /ESP32 DevKit.*which has an ESP32, and runs on an ESP32-C3/);
  const plugged = new MemoryPort(new FakeChip('ESP32'));
  const asked = await examinePlugged(undefined, {
    ...world(plugged, { board: d1Mini }), console: { patienceMs: 200 },
  }, never);
  assert.match(asked.find(({ code }) => code === 'wrong-chip')?.what ?? '', /an ESP32; LOLIN D1 mini .* has ESP8266/);
});

test('an interpreter that is too old, a bad build, a strange one, an older and a newer one', async () => {
  const port = new ConsolePort();
  port.onBytes = () => port.say('Espruino 2v19 ESP8266_4MB\r\n>');
  const [, finding] = await examinePlugged(undefined, world(port), never);
  assert.deepEqual([finding?.code, /2v19, which is too old/.test(finding?.what ?? '')], ['too-old', true]);
  const story = (version: string, build: string, kind: Board = d1Mini) => interpreterFinding(kind, version, build);
  assert.match(story('2v29', 'ESP8266_BOARD').what, /512 KB.*known to crash/);
  assert.match(story('2v29', 'ESP32_IDF4', esp32).what, /without TLS/);
  assert.deepEqual([story('2v29', 'MY_OWN').level, story('2v29', 'ESP8266_4MB').level], ['mind', 'right']);
  assert.equal(story('2v29.277', 'ESP8266_4MB').level, 'right');
  assert.match(story('2v27', 'ESP8266_4MB').cure, /npx bell flash: it puts the right one/);
  assert.match(story('2v31', 'ESP8266_4MB').cure, /takes it back/);
});

test('a chip that starts its program where its loader should wait', async () => {
  const running = new FakeChip('ESP32', { circuit: { set: (_dtr, rts) => (rts ? 'held' : 'app') } });
  const found = await examinePlugged(undefined, {
    ...world(new MemoryPort(running)), console: { patienceMs: 200 },
  }, never);
  const finding = found.find(({ code }) => code === 'wrong-boot-mode');
  assert.match(finding?.cure ?? '', /Hold the button marked BOOT/);
});

test('a board with two sockets that is plugged in at the wrong one', async () => {
  const at = async (usbVendorId: number) => {
    const port = new MemoryPort(new FakeChip('ESP32-S3'), { usbVendorId });
    return examinePlugged(undefined, { ...world(port), console: { patienceMs: 200 } }, never);
  };
  assert.match((await at(0x10c4)).find(({ code }) => code === 'other-socket')?.cure ?? '', /marked USB, not UART/);
  assert.ok((await at(0x303a)).some(({ code }) => code === 'not-flashed'));
});

test('an access point that is open, and one that waits for a phone', () => {
  const story = (security: string) => accessPointFindings(security).map(({ code }) => code);
  assert.deepEqual([story(''), story('open'), story('wpa2')], [[], ['open-door'], ['portal']]);
});

test('asks for the broker of a device, and lets no secret cross the cable', async (t) => {
  const { port } = plugIn(t, await withSettings());
  const say = port.say.bind(port);
  let said = '';
  port.say = (bytes) => {
    said += typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('latin1');
    say(bytes);
  };
  const asked: [DeviceBroker, string][] = [];
  await examinePlugged(undefined, world(port, {
    broker: async (broker, id) => {
      asked.push([broker, id]);
      return [];
    },
  }), never);
  assert.deepEqual(asked, [[{ id: 'front', prefix: 'bell', host: '127.0.0.1', port: 9, tls: false }, 'front']]);
  assert.ok(said.includes('127.0.0.1') && !said.includes(SECRET));
});

test('says why the broker of a device refuses, and when only a login would tell', async (t) => {
  const broker = await startBroker({ username: 'bell', password: 'ring' });
  t.after(() => broker.close());
  const { port } = new URL(broker.url);
  const its = { id: 'front', prefix: 'bell', host: '127.0.0.1', port: Number(port), tls: false };
  const ask = async (login: { username?: string; password?: string }, where: DeviceBroker = its) => {
    const known = { url: 'mqtt://127.0.0.1:1883', prefix: 'bell', ...login };
    const found = await brokerFindings(where, 'front', known, (id, address) => examineOnline(id, address, 100, never));
    return found.map(({ code, what }) => `${code}: ${what}`);
  };
  assert.match((await ask({}))[0] ?? '', /^broker-login: .* lets nobody in without a login/);
  assert.match((await ask({ username: 'bell', password: 'x' }))[0] ?? '', /^no-broker: .*refuses this user name/);
  assert.match((await ask({ username: 'bell', password: 'ring' }))[1] ?? '', /^unknown: No device called front/);
  assert.match((await ask({}, { ...its, port: 9 }))[0] ?? '', /^no-broker: No broker answers/);
});

test('an image in neither slot is found, and the words for it', async (t) => {
  const storage = await withSettings();
  storage.fill(0xff, 32 + FIRST_UNIT + slotOffset(0, d1Mini.slotUnits) + 6000, LOADER - 32);
  assert.match((await look(t, storage))('image')?.what ?? '', /No slot has a whole image/);
});
