import assert from 'node:assert/strict';
import test from 'node:test';
import { findBoard } from '../../boards/index.ts';
import { slotOffset } from '../../firmware/core/boot/image.ts';
import { FILE, FIRST_UNIT, fileLength, UNIT } from '../../firmware/core/layout.ts';
import { loadSettings } from '../../firmware/core/settings/load.ts';
import { checkSettings } from '../../scripts/lib/check-settings.ts';
import { regionStore } from '../../scripts/lib/region.ts';
import { makeStorage, padLoader, putSettings } from '../../scripts/lib/storage-image.ts';
import { crc } from '../support/crc.ts';

const board = findBoard('esp32-devkit')!;
const image = Buffer.from('{"bell":1}\nprint("\\xff")');
const loader = 'print(require("Storage").list());';

/** Files of a Storage, by its own headers. */
function filesOf(storage: Buffer): { name: string; at: number; content: Buffer }[] {
  const files = [];
  for (let at = 0; at < storage.length;) {
    const size = storage.readUInt32LE(at);
    const name = storage.toString('latin1', at + 4, at + 32).replace(/\0+$/, '');
    files.push({ name, at, content: storage.subarray(at + 32, at + 32 + size) });
    at += 32 + Math.ceil(size / 4) * 4;
  }
  return files;
}

test('begins with the file of the firmware, which ends where a page begins', async () => {
  const [first, second] = filesOf(await makeStorage(board, image, loader));
  assert.equal(first?.name, FILE);
  assert.equal(first.content.length, fileLength(board.slotUnits));
  assert.equal(second?.at, 32 + fileLength(board.slotUnits));
  assert.equal(second.at % UNIT, 0);
});

test('holds the image in slot a and is blank everywhere else in that file', async () => {
  const [first] = filesOf(await makeStorage(board, image, loader));
  const at = FIRST_UNIT + slotOffset(0, board.slotUnits);
  assert.deepEqual(first?.content.subarray(at, at + image.length), image);
  const rest = Buffer.concat([first!.content.subarray(0, at), first!.content.subarray(at + image.length)]);
  assert.ok(rest.every((byte) => byte === 0xff));
});

test('ends with the loader as boot code, filled up to the end of a page', async () => {
  const storage = await makeStorage(board, image, loader);
  const files = filesOf(storage);
  assert.deepEqual(files.map(({ name }) => name), [FILE, '.bootcde']);
  assert.equal(files[1]?.content.toString().trim(), loader);
  assert.equal(storage.length % UNIT, 0);
});

test('takes a loader that requires no module', async () => {
  const [, second] = filesOf(await makeStorage(board, image, 'f();'));
  assert.equal(second?.content.toString().trim(), 'f();');
});

test('is the same, byte for byte, when it is made again', async () => {
  const [one, other] = await Promise.all([makeStorage(board, image, loader), makeStorage(board, image, loader)]);
  assert.deepEqual(one, other);
});

test('gives a loader that fills its pages just so no page more', () => {
  const full = UNIT - 32;
  assert.equal(padLoader('x'.repeat(full)).length, full);
  assert.equal(padLoader('x'.repeat(full + 1)).length, full + UNIT);
});

test('holds settings that the device reads as they were written, with texts as bytes of UTF-8', async () => {
  const mqttText = '{"host":"10.0.0.1","username":"u","password":"gr\u00fcn\u20ac"}';
  const checked = checkSettings(`{"mqtt":${mqttText},"wifi":[{"ssid":"a"}]}`, board);
  assert.ok('settings' in checked);
  const storage = await makeStorage(board, image, loader, { settings: checked.settings });
  const limits = { strokeMs: board.maxStrokeMs, password: 4096 };
  const { mqtt, wifi } = loadSettings(regionStore(storage, board), crc, limits);
  assert.equal(mqtt.host, '10.0.0.1');
  assert.equal(Buffer.from(mqtt.password, 'latin1').toString('utf8'), 'gr\u00fcn\u20ac');
  assert.deepEqual(wifi.map(({ ssid }) => ssid), ['a']);
});

test('takes new settings beside the old ones', async () => {
  const storage = await makeStorage(board, image, loader);
  for (const host of ['10.0.0.1', '10.0.0.2', '10.0.0.3']) {
    const checked = checkSettings(`{"mqtt":{"host":"${host}"},"wifi":[{"ssid":"a"}]}`, board);
    assert.ok('settings' in checked);
    putSettings(storage, board, checked.settings);
    assert.equal(loadSettings(regionStore(storage, board), crc, { strokeMs: 1000, password: 4096 }).mqtt.host, host);
  }
});
