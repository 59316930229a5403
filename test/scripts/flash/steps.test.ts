import assert from 'node:assert/strict';
import test from 'node:test';
import { boards, findBoard } from '../../../boards/index.ts';
import { interpreterOf, interpreters } from '../../../boards/interpreters.ts';
import type { Board } from '../../../boards/board.ts';
import type { Failure } from '../../../scripts/lib/failure.ts';
import { PortFailure } from '../../../scripts/lib/flash/port-failure.ts';
import { flashDevice, type FlashEvent, type FlashJob } from '../../../scripts/lib/flash/steps.ts';
import { makeImage } from '../../../scripts/lib/image.ts';
import { makeStorage, putSettings } from '../../../scripts/lib/storage-image.ts';
import { FakeChip } from '../../support/rom/chip.ts';
import { MemoryPort } from '../../support/rom/memory-port.ts';
import { fakeParts } from '../../support/rom/release.ts';
import { settings } from '../../support/settings.ts';

const d1 = findBoard('d1-mini')!;
const front = settings('{"id":"front","mqtt":{"host":"10.0.0.1"}}');

/** A job that has everything at hand, and asks nobody. */
async function job(changed: Partial<FlashJob> = {}): Promise<FlashJob> {
  const made = new Map<Board, Uint8Array>();
  return {
    boards: [d1],
    chooseBoard: () => assert.fail('nobody is there to ask'),
    images: async (interpreter) => fakeParts(interpreter),
    factory: async (board) => {
      const content = made.get(board) ?? await makeStorage(board, makeImage(board, 'f()', '1.0.0'), 'print(1);');
      made.set(board, content);
      return content;
    },
    settings: async () => front,
    put: putSettings,
    rom: { attempts: 1, patienceMs: 500 },
    ...changed,
  };
}

async function flash(port: MemoryPort, work: FlashJob, signal = new AbortController().signal) {
  const events: FlashEvent[] = [];
  const found = await flashDevice(port, work, (event) => events.push(event), signal);
  const written = events.flatMap((event) => (event.type === 'written' ? [event.bytes > 0] : []));
  return { found, events, wrote: { interpreter: written[0], firmware: written[1] } };
}

for (const board of boards) {
  const interpreter = interpreterOf(board);
  if (!interpreter || interpreter.refusal !== '') continue;

  test(`a blank ${board.id} gets interpreter, firmware and settings, and starts`, async () => {
    const chip = new FakeChip(interpreter.rom, { fill: 0xa5 });
    const work = await job({ boards: [board] });
    const { found, wrote } = await flash(new MemoryPort(chip), work);
    assert.deepEqual(wrote, { interpreter: true, firmware: true });
    assert.equal(found.known?.id, 'front');
    assert.equal(chip.starts, 1);
    for (const [{ file, offset }, data] of fakeParts(interpreter)) {
      const there = Buffer.from(chip.flash.bytes.subarray(offset, offset + data.length));
      // The first bytes of an ESP8266's say how its flash is wired.
      there.copy(data, 0, 0, interpreter.flashHeader && offset === 0 ? 4 : 0);
      assert.deepEqual(there, Buffer.from(data), file);
    }
    const storage = Buffer.from(await work.factory(board));
    putSettings(storage, board, front);
    const { address } = board.storage;
    assert.deepEqual(Buffer.from(chip.flash.bytes.subarray(address, address + storage.length)), storage);
  });
}

test('an ESP8266 is told how its flash is wired, and otherwise when one asks for it', async () => {
  const chip = new FakeChip('ESP8266');
  await flash(new MemoryPort(chip), await job());
  assert.deepEqual([...chip.flash.bytes.subarray(2, 4)], [0, 0x6f]);
  await flash(new MemoryPort(chip), await job({ flashMode: 'dout' }));
  assert.deepEqual([...chip.flash.bytes.subarray(2, 4)], [3, 0x6f]);
});

test('a second time nothing is written, though the interpreter has used its own page', async () => {
  const chip = new FakeChip('ESP8266');
  await flash(new MemoryPort(chip), await job());
  chip.flash.bytes[0x3fe010] = 0;
  const { wrote } = await flash(new MemoryPort(chip), await job());
  assert.deepEqual(wrote, { interpreter: false, firmware: false });
  assert.ok(!chip.requests.slice(chip.requests.lastIndexOf('sync')).includes('defl begin'));
});

test('a device keeps its settings, and says which board it is', async () => {
  const chip = new FakeChip('ESP8266');
  await flash(new MemoryPort(chip), await job());
  const esp8266 = boards.filter((board) => interpreterOf(board)?.rom === 'ESP8266');
  const { found, events } = await flash(new MemoryPort(chip), await job({
    boards: esp8266,
    settings: async ({ known }) => {
      assert.equal(known?.mqtt.host, '10.0.0.1');
      return undefined;
    },
  }));
  assert.equal(found.board.id, 'd1-mini');
  assert.equal(found.known?.id, 'front');
  assert.deepEqual(events.find(({ type }) => type === 'settings'), { type: 'settings', state: 'kept' });
});

test('which of several boards a new chip is on is asked', async () => {
  const { found } = await flash(new MemoryPort(new FakeChip('ESP8266')), await job({
    boards,
    chooseBoard: async (chip, candidates) => {
      assert.equal(chip, 'ESP8266');
      return candidates.find(({ id }) => id === 'nodemcu')!;
    },
  }));
  assert.equal(found.board.id, 'nodemcu');
});

test('settings go over the console where somebody knows how', async () => {
  const chip = new FakeChip('ESP8266');
  const given: unknown[] = [];
  const port = new MemoryPort(chip);
  await flash(port, await job({
    provision: async (device, its) => {
      assert.equal(device.readable, null);
      assert.equal(chip.mode, 'app');
      given.push(its);
    },
  }));
  assert.deepEqual(given, [front]);
  assert.ok(!chip.flash.bytes.includes('10.0.0.1'));
});

test('the wrong chip is refused before anything is written', async () => {
  const chip = new FakeChip('ESP32');
  await assert.rejects(flash(new MemoryPort(chip), await job()), (error: PortFailure) => {
    assert.equal(error.fault, 'wrong-chip');
    assert.match(error.message, /The chip at this port is an ESP32; LOLIN D1 mini with relay shield has ESP8266/);
    return true;
  });
  assert.ok(!chip.requests.includes('defl begin'));
});

test('a flash that is too small is refused, and on an ESP8266 only doubted', async () => {
  const esp32 = await job({ boards: [findBoard('esp32-devkit')!] });
  const small = new MemoryPort(new FakeChip('ESP32', { flashKb: 2048 }));
  await assert.rejects(flash(small, esp32), /has 2048 KB, and .* needs 4096 KB/);
  const chip = new FakeChip('ESP8266');
  Object.assign(chip, { flashKb: 1024 });
  const { events } = await flash(new MemoryPort(chip), await job());
  assert.match(JSON.stringify(events.find(({ type }) => type === 'warning')), /1024 KB/);
});

test('a board whose interpreter has no room for the firmware is refused in plain words', async () => {
  const { storageAddress } = interpreters.find(({ refusal }) => refusal !== '')!;
  const small: Board = { ...d1, storage: { ...d1.storage, address: storageAddress, pages: 4 } };
  const chip = new FakeChip('ESP8266');
  await assert.rejects(flash(new MemoryPort(chip), await job({ boards: [small] })), /16 KB of Storage/);
  assert.ok(!chip.requests.includes('defl begin'));
});

test('unplugged anywhere, the same call goes on to the same end', async () => {
  const whole = new FakeChip('ESP8266');
  const work = await job();
  await flash(new MemoryPort(whole), work);
  const last = whole.requests.length;
  const first = whole.requests.indexOf('defl begin');
  for (const unpluggedAt of [9, first + 3, Math.floor((first + last) / 2), last - 1]) {
    const chip = new FakeChip('ESP8266');
    const port = new MemoryPort(chip);
    chip.faults = { unpluggedAt };
    await assert.rejects(flash(port, work), (error: Failure) => {
      assert.ok(error instanceof PortFailure, String(error));
      assert.equal(error.fault, 'lost');
      return true;
    });
    port.plugIn();
    const { wrote } = await flash(port, work);
    assert.ok(chip.flash.bytes.equals(whole.flash.bytes), `unplugged at request ${unpluggedAt}`);
    if (unpluggedAt === last - 1) assert.equal(wrote.interpreter, false);
  }
});

test('interrupted, it ends between two pieces and goes on there', async () => {
  const chip = new FakeChip('ESP8266');
  const port = new MemoryPort(chip);
  const controller = new AbortController();
  const work = await job();
  const end = flashDevice(port, work, (event) => {
    if (event.type === 'writing' && event.share > 0.5) controller.abort();
  }, controller.signal);
  await assert.rejects(end, /Interrupted/);
  assert.equal(port.readable, null);
  const before = chip.requests.filter((name) => name === 'defl begin').length;
  await flash(port, work);
  assert.ok(before > 0);
  assert.ok(chip.requests.filter((name) => name === 'defl begin').length < 2 * before + 10);
  assert.equal(chip.starts, 1);
});
