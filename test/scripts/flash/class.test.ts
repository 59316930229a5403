import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { findBoard } from '../../../boards/index.ts';
import { interpreterOf } from '../../../boards/interpreters.ts';
import { loadSettings } from '../../../firmware/core/settings/load.ts';
import { flash } from '../../../scripts/commands/flash.ts';
import type { Asker } from '../../../scripts/lib/flash/asker.ts';
import type { FlashWorld } from '../../../scripts/lib/flash/run-flash.ts';
import { Seats, type Seat } from '../../../scripts/lib/flash/seats.ts';
import { makeImage } from '../../../scripts/lib/image.ts';
import { regionStore } from '../../../scripts/lib/region.ts';
import { makeStorage } from '../../../scripts/lib/storage-image.ts';
import { crc } from '../../support/crc.ts';
import { FakeChip } from '../../support/rom/chip.ts';
import { MemoryPort } from '../../support/rom/memory-port.ts';
import { writeRelease } from '../../support/rom/release.ts';
import { scriptedAsker } from '../../support/rom/scripted-asker.ts';
import { FakeIo } from '../host.ts';

const folder = mkdtempSync(join(tmpdir(), 'bell-class-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const d1 = findBoard('d1-mini')!;
writeRelease(folder, interpreterOf(d1)!);
const storage = makeStorage(d1, makeImage(d1, 'f()', '1.0.0'), 'print(1);');
const config = join(folder, 'bell.json');
const common = { wifi: [{ ssid: 'A & B', password: 'for everybody' }], mqtt: { host: '10.0.0.1' } };
writeFileSync(config, JSON.stringify(common), { mode: 0o600 });

let count = 0;
const newOut = () => join(folder, `class${count++}`);
const chipNumber = (last: number) => new FakeChip('ESP8266', { mac: [0x5c, 0xcf, 0x7f, 0, 0, last] });

/** Boards that are plugged in one after the other. */
function world(chips: FakeChip[], asker?: Asker): FlashWorld {
  const ports = chips.map((chip) => new MemoryPort(chip));
  return {
    listPorts: async () => [{ path: '/dev/ttyUSB0', name: '' }],
    open: () => ports.shift()!,
    factory: () => storage,
    fetch: () => assert.fail('there is no network'),
    asker,
    rom: { attempts: 1, patienceMs: 500 },
  };
}

const run = (out: string, seats: number, its: FlashWorld, io = new FakeIo({ BELL_CACHE: join(folder, 'cache') })) => {
  const values = { images: folder, board: 'd1-mini', config, class: String(seats), prefix: 'bell-', out };
  return flash(values, its, io).then(() => io.stdout);
};

function settingsIn(chip: FakeChip) {
  const { address, pageSize, pages } = d1.storage;
  const area = chip.flash.bytes.subarray(address, address + pageSize * pages);
  return loadSettings(regionStore(area, d1), crc, { strokeMs: 1500, password: 1024 });
}

function seatsIn(out: string): Seat[] {
  return (JSON.parse(readFileSync(join(out, 'class.json'), 'utf8')) as { seats: Seat[] }).seats;
}

test('each board gets the next seat with its own name and password', async () => {
  const out = newOut();
  const chips = [chipNumber(1), chipNumber(2)];
  const said = await run(out, 2, world(chips, scriptedAsker({ 'Plug in the board': ['', ''] })));
  const [first, second] = chips.map(settingsIn);
  assert.deepEqual([first?.id, second?.id], ['bell-01', 'bell-02']);
  assert.equal(first?.mqtt.username, 'bell-01');
  assert.match(first.mqtt.password, /^[a-z2-9]{12}$/);
  assert.notEqual(first.mqtt.password, second?.mqtt.password);
  assert.match(first.portal.password, /^[a-z2-9]{12}$/);
  assert.notEqual(first.portal.password, second?.portal.password);
  assert.equal(first.wifi[0]?.ssid, 'A & B');
  assert.match(said, /bell-02 is flashed; 0 of 2 seats are left\.\nThe sheet to print is .*sheet\.html\./);
});

test('a board that has a seat keeps it, in a later run as well', async () => {
  const out = newOut();
  await run(out, 3, world([chipNumber(1)]));
  const [{ password }] = seatsIn(out) as [Seat];
  const again = chipNumber(1);
  const said = await run(out, 3, world([again]));
  assert.equal(settingsIn(again).id, 'bell-01');
  assert.equal(settingsIn(again).mqtt.password, password);
  assert.match(said, /bell-01 is flashed; 2 of 3 seats are left/);
});

test('a board that was unplugged half way gets the same seat again', async () => {
  const out = newOut();
  const chip = chipNumber(9);
  chip.faults = { unpluggedAt: 40 };
  await assert.rejects(run(out, 2, world([chip])), /unplugged/);
  const other = chipNumber(8);
  await run(out, 2, world([other]));
  assert.equal(settingsIn(other).id, 'bell-02');
  chip.plugIn();
  await run(out, 2, world([chip]));
  assert.equal(settingsIn(chip).id, 'bell-01');
});

test('whoever stops goes on later', async () => {
  const out = newOut();
  const said = await run(out, 2, world([chipNumber(1)], scriptedAsker({ 'Plug in the board': ['', 'q'] })));
  assert.match(said, /1 of 2 seats are left/);
});

test('one board more than there are seats is refused', async () => {
  const out = newOut();
  await run(out, 1, world([chipNumber(1)]));
  await assert.rejects(run(out, 1, world([chipNumber(2)])), /Every seat has its board/);
});

test('sheet, passwords and rights are for the owner alone, and say what an attendee and a broker need', async () => {
  const out = newOut();
  await run(out, 2, world([chipNumber(1)]));
  const [seat] = seatsIn(out) as [Seat];
  const sheet = readFileSync(join(out, 'sheet.html'), 'utf8');
  const texts = ['A &#38; B', 'for everybody', '10.0.0.1, port 1883', seat.password, seat.portal, 'bell/bell-02/ring'];
  for (const text of texts) {
    assert.ok(sheet.includes(text), text);
  }
  const logins = new RegExp(`^teacher:[a-z2-9]{12}\nbell-01:${seat.password}\nbell-02:`);
  assert.match(readFileSync(join(out, 'passwords.txt'), 'utf8'), logins);
  const rights = /^user teacher\ntopic readwrite bell\/#\n\npattern readwrite bell\/%u\/#$/m;
  assert.match(readFileSync(join(out, 'acl.txt'), 'utf8'), rights);
  if (process.platform === 'win32') return;
  for (const file of ['class.json', 'sheet.html', 'passwords.txt', 'acl.txt']) {
    assert.equal(statSync(join(out, file)).mode & 0o077, 0, file);
  }
});

test('numbers and names that cannot be are refused, and another class in the same folder', () => {
  const out = newOut();
  assert.throws(() => Seats.open(out, 0, 'bell-'), /from 1 to 250/);
  assert.throws(() => Seats.open(out, NaN, 'bell-'), /from 1 to 250/);
  assert.throws(() => Seats.open(out, 3, 'Bell '), /cannot begin a name/);
  Seats.open(out, 3, 'bell-');
  assert.throws(() => Seats.open(out, 4, 'bell-'), /holds a class of 3/);
});
