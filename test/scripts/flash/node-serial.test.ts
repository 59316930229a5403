import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { connectRom } from '../../../scripts/lib/flash/connect-rom.ts';
import { NodeSerial } from '../../../scripts/lib/flash/node-serial.ts';
import { openFailure } from '../../../scripts/lib/flash/open-failure.ts';
import type { PortFailure } from '../../../scripts/lib/flash/port-failure.ts';
import { PIECE } from '../../../scripts/lib/flash/rom-loader.ts';
import { FakeChip } from '../../support/rom/chip.ts';
import { openPty, skipPty } from '../../support/rom/pty.ts';

test('a chip is flashed through the system\'s port', { skip: skipPty }, async () => {
  const chip = new FakeChip('ESP8266');
  const pty = await openPty(chip);
  const rom = await connectRom(pty.open());
  const data = randomBytes(PIECE);
  await rom.write(0x20000, data);
  assert.equal(await rom.holds(0x20000, data), true);
  assert.deepEqual(Buffer.from(await rom.read(0x20000, PIECE)), data);
  await rom.end();
  assert.equal(chip.mode, 'app');
  await pty.close();
});

test('a port that another program has open is called so', { skip: skipPty }, async () => {
  const pty = await openPty(new FakeChip('ESP32'));
  const held = new NodeSerial(pty.path);
  await held.open({ baudRate: 115200 });
  await assert.rejects(connectRom(pty.open()), (error: PortFailure) => {
    assert.equal(error.fault, 'busy');
    assert.match(error.sentence, /^Another program has \/dev\/pts\/\d+ open\. Close it: /);
    return true;
  });
  await held.close();
  await pty.close();
});

test('a device that is unplugged is noticed while an answer is awaited', { skip: skipPty }, async () => {
  const chip = new FakeChip('ESP32');
  const pty = await openPty(chip);
  const rom = await connectRom(pty.open());
  chip.faults = { unpluggedAt: chip.requests.length + 2 };
  await assert.rejects(rom.write(0, randomBytes(4096)), { fault: 'lost' });
  await rom.abandon();
  await pty.close();
});

test('a port that is not there is called so', async () => {
  await assert.rejects(new NodeSerial('/dev/ttyUSB99').open({ baudRate: 115200 }), { fault: 'no-port' });
});

test('each system\'s words for a port that cannot be opened are understood', () => {
  const fault = (message: string, platform: string) => openFailure(new Error(message), 'COM3', platform).fault;
  assert.equal(fault('Error: Permission denied, cannot open /dev/ttyUSB0', 'linux'), 'not-allowed');
  assert.equal(fault('Error Resource temporarily unavailable Cannot lock port', 'linux'), 'busy');
  assert.equal(fault('Error: Device or resource busy, cannot open /dev/ttyUSB0', 'linux'), 'busy');
  assert.equal(fault('Error: Resource busy, cannot open /dev/tty.usbserial-1', 'darwin'), 'busy');
  assert.equal(fault('Opening COM3: Access denied', 'win32'), 'busy');
  assert.equal(fault('Opening COM3: File not found', 'win32'), 'no-port');
});

test('who may not open a port is told the command that changes it', () => {
  const failure = openFailure(new Error('Permission denied'), '/dev/null/none', 'linux');
  assert.match(failure.sentence, /sudo usermod -aG dialout \$USER, then log out and in again\.$/);
});
