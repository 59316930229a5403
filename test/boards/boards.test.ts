import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import type { Board } from '../../boards/board.ts';
import { boards, findBoard } from '../../boards/index.ts';
import { interpreterOf } from '../../boards/interpreters.ts';
import { refused } from '../../boards/refused.ts';
import { refuseRelayPin } from '../../boards/unsafe-pins.ts';
import { fileLength, UNIT } from '../../firmware/core/layout.ts';
import { HEADER } from '../../firmware/core/boot/image.ts';
import { HASH } from '../../firmware/core/update/manifest.ts';
import { root } from '../../scripts/lib/paths.ts';
import { CHIPS } from '../../simulator/chip.ts';

/** Room for the loader behind the firmware's own file: its pages, and a blank one that Storage wants. */
const LOADER = 4 * UNIT;
const NO_BOARDS = [
  'board.ts', 'esp32-4mb.ts', 'esp8266-4mb.ts', 'index.ts', 'interpreters.ts', 'mains.ts', 'refused.ts',
  'unsafe-pins.ts',
];

function pinsOf({ relay, button, led }: Board): string[] {
  return [relay.pin, button?.pin, led?.pin].filter((pin) => pin !== undefined);
}

test('each file in boards/ is a board of that name, and in the list', () => {
  const files = readdirSync(join(root, 'boards')).filter((file) => file.endsWith('.ts') && !NO_BOARDS.includes(file));
  assert.deepEqual(boards.map(({ id }) => `${id}.ts`).sort(), files.sort());
});

test('finds a board by its id, and none by another word', () => {
  assert.equal(findBoard('nodemcu')?.title, 'NodeMCU with relay module');
  assert.equal(findBoard('toString'), undefined);
});

for (const board of boards) {
  test(`${board.id} has a link to its maker`, () => {
    for (const url of [board.link, ...board.sources ?? []]) assert.equal(new URL(url).protocol, 'https:');
  });

  test(`${board.id} says how it is wired and gets into boot mode, and warns where there may be mains`, () => {
    for (const text of [board.wiring, board.bootMode, board.warning ?? 'No warning.']) assert.match(text, /\w{3}.*\.$/);
    assert.equal(/mains/.test(board.wiring) && board.warning === undefined, false);
  });

  test(`${board.id} drives its relay from a pin that is quiet at boot`, () => {
    assert.equal(refuseRelayPin(board.chip, board.relay.pin), '');
  });

  test(`${board.id} uses each pin once and says why`, () => {
    const pins = pinsOf(board);
    assert.deepEqual(pins, [...new Set(pins)]);
    for (const part of [board.relay, board.button, board.led]) assert.match(part?.why ?? 'Not there.', /\w{3}.*\.$/);
  });

  test(`${board.id} has room in Storage for two slots and the loader`, () => {
    const room = board.storage.pageSize * board.storage.pages;
    assert.ok(32 + fileLength(board.slotUnits) + LOADER <= room);
  });

  test(`${board.id} can be sent an image of the whole budget`, () => {
    assert.ok(board.imageBudget <= board.slotUnits * UNIT);
    assert.ok(board.imageBudget > HEADER);
  });

  test(`${board.id} can receive each chunk, and a manifest for an image of the whole budget`, () => {
    // The longest prefix, id and number of a chunk, and the lengths and the packet identifier around them.
    const topic = 48 + '/image/0123456789abcdef/99'.length + 4;
    assert.equal(UNIT % board.chunk + board.chunk % 4, 0);
    assert.ok(topic + board.chunk <= board.maxPacket);
    const mac = board.digest === 'SHA1' ? 20 : 32;
    // The line as `bell` writes it, with a version of up to 16 characters.
    const line = 250;
    const list = Math.ceil(board.imageBudget / board.chunk) * HASH;
    assert.ok(48 + '/'.length + 32 + '/update'.length + 4 + mac + line + list <= board.maxPacket);
  });

  test(`${board.id} divides a unit of the firmware into whole pages of its flash`, () => {
    assert.equal(UNIT % board.storage.pageSize, 0);
    assert.equal(board.storage.address % board.storage.pageSize, 0);
  });
}

test('the boards for an ESP8266 keep within 24 KB and the range of its timer', () => {
  for (const board of boards.filter(({ chip }) => chip === 'esp8266')) {
    assert.ok(board.imageBudget <= 24 * 1024);
    assert.ok(board.maxStrokeMs <= 1500);
    assert.equal(board.tls, false);
  }
});

for (const board of boards) {
  test(`${board.id} has the Storage, the pins and the console of its chip`, () => {
    const chip = CHIPS[board.chip];
    assert.deepEqual({ ...board.storage }, { ...chip.storage });
    for (const pin of pinsOf(board)) assert.ok(chip.pins.includes(Number(pin.slice(1))), pin);
    const button = Number(board.button?.pin.slice(1));
    if (board.chip !== 'linux') assert.ok(!chip.unwatched.includes(button), 'no watch on this pin ever fires');
    assert.equal(board.bluetooth, chip.family === 'esp32');
    assert.equal(board.watchdog, chip.family === 'esp32');
    assert.equal(board.tls, chip.modules.includes('tls'));
    assert.equal(interpreterOf(board)?.build ?? 'LINUX', chip.board);
  });
}

for (const { id, link, reason, instead } of refused) {
  test(`${id} is refused with a reason and a way out, and is no board`, () => {
    assert.equal(findBoard(id), undefined);
    assert.equal(new URL(link).protocol, 'https:');
    for (const text of [reason, instead]) assert.match(text, /\w{3}.*\.$/);
  });
}
