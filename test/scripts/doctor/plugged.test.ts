import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import d1Mini from '../../../boards/d1-mini.ts';
import linux from '../../../boards/linux.ts';
import { slotOffset } from '../../../firmware/core/boot/image.ts';
import { FIRST_UNIT } from '../../../firmware/core/layout.ts';
import { report } from '../../../scripts/commands/doctor.ts';
import type { Finding } from '../../../scripts/lib/doctor/finding.ts';
import { noPort } from '../../../scripts/lib/doctor/no-port.ts';
import { examinePlugged, type DoctorWorld } from '../../../scripts/lib/doctor/plugged-device.ts';
import { serialChips } from '../../../scripts/lib/doctor/usb-devices.ts';
import { wifiFinding } from '../../../scripts/lib/doctor/wifi-story.ts';
import { openFailure } from '../../../scripts/lib/flash/open-failure.ts';
import { PortFailure } from '../../../scripts/lib/flash/port-failure.ts';
import type { SerialDevice } from '../../../scripts/lib/flash/serial-device.ts';
import { readSettings } from '../../../scripts/lib/read-settings.ts';
import { putSettings } from '../../../scripts/lib/storage-image.ts';
import { interpreterPort } from '../../support/interpreter-port.ts';
import { optional } from '../../support/optional.ts';
import { plugIn, storageOf } from '../../support/plugged-bell.ts';
import { FakeChip } from '../../support/rom/chip.ts';
import { MemoryPort } from '../../support/rom/memory-port.ts';
import { noLines } from '../../support/rom/reset-circuit.ts';
import { FakeIo } from '../host.ts';

const never = new AbortController().signal;
const fresh = storageOf(d1Mini);
const { path: bin = '', skip } = optional('espruino');

function world(device: SerialDevice, patienceMs = 8000): DoctorWorld {
  return {
    listPorts: async () => [{ path: '/dev/ttyUSB0', name: 'CH340' }], open: () => device, serialChips: () => [],
    console: { patienceMs, answerMs: 3000 }, rom: { attempts: 1 },
  };
}

function codes(findings: readonly Finding[], level = 'wrong'): string[] {
  return findings.filter((one) => one.level === level).map(({ code }) => code);
}

async function withSettings(): Promise<Uint8Array> {
  const storage = Buffer.from(await fresh);
  const text = JSON.stringify({ id: 'front', wifi: [{ ssid: 'school' }], mqtt: { host: '127.0.0.1', port: 9 } });
  putSettings(storage, d1Mini, readSettings('bell.json', () => text, d1Mini));
  return storage;
}

test('finds nothing wrong with a bell that runs, and does not touch its relay', async (t) => {
  const { board, port } = plugIn(t, await withSettings());
  // Its network is there a moment after its start.
  while (!board.radio.online) await new Promise((done) => setTimeout(done, 50));
  const found = await examinePlugged(undefined, world(port), never);
  assert.deepEqual(codes(found), []);
  const right = ['port', 'device', 'interpreter', 'storage', 'loader', 'image', 'settings', 'wifi'];
  assert.deepEqual(codes(found, 'right'), right);
  assert.deepEqual(codes(found, 'mind'), ['port-88']);
  assert.equal(board.restarts, 0);
});

test('says that a device has no settings, and how it gets some', async (t) => {
  const { port } = plugIn(t, await fresh);
  const found = await examinePlugged(undefined, world(port), never);
  assert.deepEqual(codes(found), ['no-settings', 'no-wifi']);
  assert.match(found.find(({ code }) => code === 'no-settings')?.cure ?? '', /bell provision/);
});

test('finds an image with one wrong bit', async (t) => {
  const storage = Buffer.from(await withSettings());
  storage[32 + FIRST_UNIT + slotOffset(0, d1Mini.slotUnits) + 5000]! ^= 1;
  const { port } = plugIn(t, storage);
  const found = await examinePlugged(undefined, world(port), never);
  assert.ok(codes(found).includes('image'));
});

test('knows a device by the image in slot b while an update has erased slot a', async (t) => {
  const storage = Buffer.from(await withSettings());
  const [a = 0, b = 0] = [0, 1].map((slot) => 32 + FIRST_UNIT + slotOffset(slot, d1Mini.slotUnits));
  const both = Buffer.concat([storage, Buffer.alloc(Math.max(0, 2 * b - a - storage.length), 0xff)]);
  both.copy(both, b, a, b);
  both.fill(0xff, a, b);
  const { port } = plugIn(t, both);
  const found = await examinePlugged(undefined, world(port), never);
  assert.match(found.find(({ code }) => code === 'image')?.what ?? '', /in slot b\.$/);
});

test('says that a device runs Espruino and no bell', async (t) => {
  const { port } = plugIn(t, new Uint8Array(0));
  const found = await examinePlugged(undefined, world(port), never);
  assert.deepEqual(codes(found), ['no-firmware']);
});

test('asks the chip in its loader when no program answers: never flashed', async () => {
  const found = await examinePlugged(undefined, world(new MemoryPort(new FakeChip('ESP8266')), 200), never);
  assert.deepEqual(codes(found), ['not-flashed']);
  assert.match(found.find(({ code }) => code === 'chip')?.what ?? '', /ESP8266, 5c:cf:7f:12:34:56/);
});

test('asks the chip in its loader when no program answers: flashed, and does not start', async () => {
  const chip = new FakeChip('ESP8266');
  chip.flash.bytes.set(await fresh, d1Mini.storage.address);
  const found = await examinePlugged(undefined, world(new MemoryPort(chip), 200), never);
  assert.deepEqual(codes(found), ['not-running']);
  assert.match(found.at(-1)?.what ?? '', /flashed as LOLIN D1 mini/);
});

test('tells a chip that starts its program from one that says nothing', async () => {
  const stubborn = new FakeChip('ESP32', { circuit: noLines() });
  const silent = await examinePlugged(undefined, world(new MemoryPort(stubborn), 200), never);
  assert.deepEqual(codes(silent), ['silent']);
  assert.match(silent.at(-1)?.cure ?? '', /Hold the button marked BOOT/);
});

test('a port that cannot be opened has its story, on each system', async () => {
  const cases = [
    ['Permission denied', 'not-allowed', 'linux', /sudo usermod -aG \w+ \$USER/],
    ['Opening COM3: Access denied', 'busy', 'win32', /serial monitor/],
    ['Permission denied', 'not-allowed', 'darwin', /sudo chmod a\+rw \/dev\/ttyUSB0/],
    ['Error Resource busy', 'busy', 'darwin', /serial monitor/],
    ['No such file or directory', 'no-port', 'linux', /Plug the board in/],
  ] as const;
  for (const [message, code, platform, cure] of cases) {
    const broken = { ...new MemoryPort(new FakeChip('ESP8266')), open: async () => {
      throw openFailure(new Error(message), '/dev/ttyUSB0', platform);
    } } as unknown as SerialDevice;
    const found = await examinePlugged('/dev/ttyUSB0', world(broken), never);
    assert.deepEqual(codes(found), [code]);
    assert.match(found.at(-1)?.cure ?? '', cure);
  }
});

test('says that the library for ports is missing', async () => {
  const listPorts = async () => {
    throw new PortFailure('no-library', 'The library for serial ports is not installed', 'Run npm install.');
  };
  const found = await examinePlugged(undefined, { ...world(new MemoryPort(new FakeChip('ESP32'))), listPorts }, never);
  assert.deepEqual(codes(found), ['no-library']);
});

test('without a port it tells a missing driver from a cable that only charges', () => {
  assert.match(noPort([], 'linux').cure, /many only charge.*not a driver/);
  assert.match(noPort(['CH340'], 'linux').cure, /modprobe ch341.*brltty/);
  assert.match(noPort([], 'darwin').cure, /System Settings/);
  assert.match(noPort([], 'win32').cure, /Device Manager/);
});

test('reads from the system which USB serial chips are plugged in', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'bell-usb-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, vendor, product] of [['1-1', '1a86', '7523'], ['1-2', '046d', 'c31c']] as const) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'idVendor'), `${vendor}\n`);
    writeFileSync(join(folder, name, 'idProduct'), `${product}\n`);
  }
  mkdirSync(join(folder, 'usb1'));
  assert.deepEqual(serialChips(folder), ['CH340 (D1 mini, NodeMCU v3 and many others)']);
  assert.deepEqual(serialChips(join(folder, 'none')), []);
});

test('the radio of either chip has its story', () => {
  const found = [
    ['connected', '192.168.1.50'], ['connected', '0.0.0.0'], ['bad_password', ''], ['202', ''], ['no_ap_found', ''],
    ['connecting', ''], ['', ''],
  ].map(([status = '', address = '']) => wifiFinding(status, address).code);
  assert.deepEqual(found, [
    'wifi', 'no-address', 'wifi-password', 'wifi-password', 'no-wifi', 'no-wifi', 'no-wifi',
  ]);
});

test('ends with 1 when something is wrong, and is JSON for a script', () => {
  const io = new FakeIo();
  assert.equal(report([noPort([], 'linux')], false, io), 1);
  assert.match(io.stdout, /^WRONG {2}No board is plugged in\.\n {7}Take another cable.*\nOne thing is wrong\.\n$/);
  const json = new FakeIo();
  assert.equal(report([wifiFinding('connected', '192.168.1.50')], true, json), 0);
  assert.equal((JSON.parse(json.stdout) as Finding).code, 'wifi');
});

test('looks at the real interpreter over its console', { skip }, async (t) => {
  const { port, stop } = interpreterPort(bin, await storageOf(linux));
  t.after(stop);
  const found = await examinePlugged(undefined, world(port), never);
  assert.deepEqual(codes(found), ['no-settings']);
});
