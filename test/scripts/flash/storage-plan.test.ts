import assert from 'node:assert/strict';
import test from 'node:test';
import { findBoard } from '../../../boards/index.ts';
import { readJournal, writeJournal } from '../../../firmware/core/boot/journal.ts';
import { slotOffset } from '../../../firmware/core/boot/image.ts';
import { MANIFESTS, UNIT } from '../../../firmware/core/layout.ts';
import { loadSettings } from '../../../firmware/core/settings/load.ts';
import { crc32 } from '../../../scripts/lib/flash/crc32.ts';
import { planStorage } from '../../../scripts/lib/flash/storage-plan.ts';
import { makeImage } from '../../../scripts/lib/image.ts';
import { regionStore } from '../../../scripts/lib/region.ts';
import { makeStorage, putSettings } from '../../../scripts/lib/storage-image.ts';
import { crc } from '../../support/crc.ts';
import { settings } from '../../support/settings.ts';

const board = findBoard('d1-mini')!;
const { address, pageSize, pages } = board.storage;
const factory = await makeStorage(board, makeImage(board, '(function(boot){})', '1.0.0'), 'print(1);');
const newer = await makeStorage(board, makeImage(board, '(function(boot){print(2)})', '1.1.0'), 'print(2);');

/** The Storage of a device, behind what a plan may ask of its flash. */
class Device {
  readonly content = Buffer.alloc(pageSize * pages, 0xa5);
  /** Names of what had to be written last. */
  wrote: string[] = [];

  get store() {
    return regionStore(this.content, board);
  }

  get host(): string {
    return loadSettings(this.store, crc, { strokeMs: 1500, password: 1024 }).mqtt.host;
  }

  plan(wanted: Uint8Array, host?: string) {
    return planStorage({
      board,
      factory: wanted,
      read: async (at, length) => Uint8Array.from(this.content.subarray(at - address, at - address + length)),
      holds: (at, data) => Promise.resolve(this.holds(at, data)),
      ...(host === undefined ? {} : {
        put: (storage) => putSettings(storage, board, settings(`{"mqtt":{"host":"${host}"}}`)),
      }),
    });
  }

  /** Does what the plan says, up to `most` regions. */
  async flash(wanted: Uint8Array, host?: string, most = Infinity): Promise<void> {
    const { regions } = await this.plan(wanted, host);
    const different = regions.filter(({ address: at, data }) => !this.holds(at, data)).slice(0, most);
    this.wrote = different.map(({ name }) => name);
    for (const { address: at, data } of different) this.content.set(data, at - address);
  }

  private holds(at: number, data: Uint8Array): boolean {
    return this.content.subarray(at - address, at - address + data.length).equals(data);
  }
}

test('a new board gets the factory content, and everything behind it blank', async () => {
  const device = new Device();
  await device.flash(factory);
  assert.deepEqual(device.content.subarray(0, factory.length), factory);
  assert.ok(device.content.subarray(factory.length).every((byte) => byte === 0xff));
});

test('a second time there is nothing to write', async () => {
  const device = new Device();
  await device.flash(factory, '10.0.0.1');
  await device.flash(factory, '10.0.0.1');
  assert.deepEqual(device.wrote, []);
  await device.flash(factory);
  assert.deepEqual(device.wrote, []);
});

test('settings stay when the firmware changes, and are known', async () => {
  const device = new Device();
  await device.flash(factory, '10.0.0.1');
  assert.equal((await device.plan(newer)).known?.mqtt.host, '10.0.0.1');
  await device.flash(newer);
  assert.deepEqual(device.wrote, ['loader', 'firmware']);
  assert.equal(device.host, '10.0.0.1');
});

test('new settings change one copy only, so that the other one is whole at any moment', async () => {
  const device = new Device();
  await device.flash(factory, '10.0.0.1');
  await device.flash(factory, '10.0.0.2');
  assert.deepEqual(device.wrote, ['settings']);
  assert.equal(device.host, '10.0.0.2');
});

test('settings outlive a first page that is gone', async () => {
  const device = new Device();
  await device.flash(factory, '10.0.0.1');
  device.content.fill(0xff, 0, 4096);
  await device.flash(newer);
  assert.equal(device.host, '10.0.0.1');
});

test('whatever was written before it ended, the same plan goes on to the same end', async () => {
  const whole = new Device();
  await whole.flash(factory, '10.0.0.1');
  await whole.flash(newer, '10.0.0.2');
  for (let most = 0; most < 10; most++) {
    const device = new Device();
    await device.flash(factory, '10.0.0.1', most);
    await device.flash(factory, '10.0.0.1');
    await device.flash(newer, '10.0.0.2', most);
    await device.flash(newer, '10.0.0.2');
    assert.equal(device.host, '10.0.0.2');
    assert.deepEqual(device.content.subarray(0, 4096), whole.content.subarray(0, 4096));
    await device.flash(newer, '10.0.0.2');
    assert.deepEqual(device.wrote, [], `after ${most} regions`);
  }
});

test('a journal that has slot a at home is kept with the image that is there', async () => {
  const device = new Device();
  await device.flash(factory);
  const journal = readJournal(device.store, crc32);
  Object.assign(journal.state, { open: 1, a: 2 });
  writeJournal(device.store, crc32, journal);
  await device.flash(factory);
  assert.deepEqual(device.wrote, []);
  await device.flash(newer);
  assert.equal(readJournal(device.store, crc32).state.a, 0);
});

test('a device that has gone over to slot b comes back to slot a, and keeps what is in b', async () => {
  const device = new Device();
  await device.flash(factory);
  const journal = readJournal(device.store, crc32);
  Object.assign(journal.state, { home: 1, slot: 1 });
  writeJournal(device.store, crc32, journal);
  device.store.write(slotOffset(1, board.slotUnits), 'here');
  device.store.write(MANIFESTS * UNIT, 'kept');
  await device.flash(factory);
  assert.equal(readJournal(device.store, crc32).state.home, 0);
  assert.equal(device.store.read(slotOffset(1, board.slotUnits), 4), 'here');
  assert.equal(device.store.read(MANIFESTS * UNIT, 4), 'kept');
});

test('files that the interpreter has put behind the loader are left alone', async () => {
  const device = new Device();
  await device.flash(factory);
  device.content.write('a file', factory.length);
  await device.flash(factory);
  assert.deepEqual(device.wrote, []);
});
