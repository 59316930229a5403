import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import type { RomChip } from '../../../boards/interpreters.ts';
import { connectRom } from '../../../scripts/lib/flash/connect-rom.ts';
import { PortFailure, type PortFault } from '../../../scripts/lib/flash/port-failure.ts';
import { PIECE } from '../../../scripts/lib/flash/rom-loader.ts';
import { FakeChip } from '../../support/rom/chip.ts';
import { MemoryPort } from '../../support/rom/memory-port.ts';
import { noLines, usbInside } from '../../support/rom/reset-circuit.ts';

const QUICK = { attempts: 1, patienceMs: 300 };
const chips: RomChip[] = ['ESP8266', 'ESP32', 'ESP32-C3', 'ESP32-S3'];

async function fault(work: Promise<unknown>): Promise<PortFault> {
  return work.then(() => assert.fail('went well'), (error: unknown) => {
    assert.ok(error instanceof PortFailure, String(error));
    return error.fault;
  });
}

for (const name of chips) {
  test(`recognises an ${name}, and reads, writes and compares its flash`, async () => {
    const chip = new FakeChip(name, { fill: 0x5a });
    const rom = await connectRom(new MemoryPort(chip));
    const data = randomBytes(PIECE);
    assert.equal(rom.chip, name);
    assert.equal(rom.mac, '5c:cf:7f:12:34:56');
    assert.equal(await rom.flashKb(), chip.flashKb);
    assert.equal(await rom.holds(0x10000, data), false);
    await rom.write(0x10000, data);
    assert.equal(await rom.holds(0x10000, data), true);
    assert.deepEqual(Buffer.from(await rom.read(0x10000, 9000)), data.subarray(0, 9000));
    assert.equal(chip.flash.bytes[0xffff], 0x5a);
    assert.equal(chip.flash.bytes[0x20000], 0x5a);
    await rom.end();
    assert.equal(chip.mode, 'app');
    assert.equal(chip.starts, 1);
  });
}

test('the lines ask for the loader in one step each, and start the program at the end', async () => {
  const chip = new FakeChip('ESP8266');
  const rom = await connectRom(new MemoryPort(chip));
  await rom.end();
  assert.deepEqual(chip.lines, ['D0R1', 'D1R0', 'D0R0', 'D0R1', 'D0R0']);
});

test('a chip with USB inside has an order of its own', async () => {
  const chip = new FakeChip('ESP32-C3', { circuit: usbInside() });
  const rom = await connectRom(new MemoryPort(chip, { usbVendorId: 0x303a, usbProductId: 0x1001 }));
  assert.ok(!chip.requests.includes('baud'));
  await rom.end();
  assert.equal(chip.mode, 'app');
});

test('a chip whose ROM echoes a question that it does not know is recognised all the same', async () => {
  const rom = await connectRom(new MemoryPort(new FakeChip('ESP32', { echoesUnknown: true })));
  assert.equal(rom.chip, 'ESP32');
  await rom.abandon();
});

test('a smaller flash says so', async () => {
  const rom = await connectRom(new MemoryPort(new FakeChip('ESP8266', { flashKb: 1024 })));
  assert.equal(await rom.flashKb(), 1024);
  await rom.abandon();
});

test('silence, a program that runs on, and a port without a chip each have their name', async () => {
  const silent = new FakeChip('ESP32', { circuit: noLines() });
  silent.mode = 'held';
  assert.equal(await fault(connectRom(new MemoryPort(silent), QUICK)), 'silent');

  const running = new FakeChip('ESP32', { circuit: { set: (_dtr, rts) => (rts ? 'held' : 'app') } });
  assert.equal(await fault(connectRom(new MemoryPort(running), QUICK)), 'wrong-boot-mode');

  const deaf = new FakeChip('ESP32');
  deaf.faults = { deafFrom: 1 };
  assert.equal(await fault(connectRom(new MemoryPort(deaf), QUICK)), 'deaf');
});

test('whoever ends it while it calls does not wait for the chip', async () => {
  const silent = new FakeChip('ESP32', { circuit: noLines() });
  silent.mode = 'held';
  const port = new MemoryPort(silent);
  const controller = new AbortController();
  const end = connectRom(port, { attempts: 1000 }, controller.signal);
  setImmediate(() => controller.abort());
  await assert.rejects(end, /Interrupted/);
  assert.equal(port.readable, null);
});

test('a bit that turns on the line is noticed and sent again', async () => {
  const chip = new FakeChip('ESP8266');
  const rom = await connectRom(new MemoryPort(chip));
  chip.faults = { garbledAt: chip.requests.length + 2 };
  const data = randomBytes(4096);
  await rom.write(0x1000, data);
  assert.equal(await rom.holds(0x1000, data), true);
  assert.equal(chip.requests.filter((name) => name === 'defl data').length, 2);
  await rom.abandon();
});

test('flash that does not hold a bit is found by comparing, after three tries', async () => {
  const chip = new FakeChip('ESP32');
  chip.flash.weak.set(0x1234, 0x01);
  const rom = await connectRom(new MemoryPort(chip));
  assert.equal(await fault(rom.write(0x1000, Buffer.alloc(4096, 0x55))), 'bad-flash');
  assert.equal(chip.flash.erased.get(0x1000), 3);
  await rom.abandon();
});

test('a chip that falls silent in the middle ends the work', async () => {
  const chip = new FakeChip('ESP32');
  const rom = await connectRom(new MemoryPort(chip), QUICK);
  chip.faults = { deafFrom: chip.requests.length + 2 };
  assert.equal(await fault(rom.write(0x1000, randomBytes(4096))), 'silent');
  await rom.abandon();
});

test('a device that is unplugged in the middle ends it at once', async () => {
  const chip = new FakeChip('ESP32');
  const rom = await connectRom(new MemoryPort(chip));
  chip.faults = { unpluggedAt: chip.requests.length + 2 };
  assert.equal(await fault(rom.write(0x1000, randomBytes(4096))), 'lost');
  await rom.abandon();
});
