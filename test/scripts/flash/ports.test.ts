import assert from 'node:assert/strict';
import test from 'node:test';
import { choosePort, describePort } from '../../../scripts/lib/flash/ports.ts';
import { usbName } from '../../../scripts/lib/flash/usb-names.ts';
import { scriptedAsker } from '../../support/rom/scripted-asker.ts';

const nodemcu = { path: '/dev/ttyUSB0', vendor: 0x10c4, product: 0xea60, name: usbName(0x10c4, 0xea60) };
const other = { path: '/dev/ttyACM0', vendor: 0x303a, product: 0x1001, name: usbName(0x303a, 0x1001) };

test('ports have names that a person has seen on a board', () => {
  assert.equal(describePort(nodemcu), '/dev/ttyUSB0, CP210x (NodeMCU v2, ESP32 DevKit)');
  assert.equal(describePort(other), '/dev/ttyACM0, USB of the chip itself (ESP32-C3, ESP32-S3)');
  assert.equal(usbName(0x303a, 0x9999), 'Espressif board');
  assert.equal(usbName(0x1234, 1), '');
  assert.equal(usbName(undefined, undefined), '');
});

test('the only port is taken, one of several is asked for, a named one is not', async () => {
  const asker = scriptedAsker({ 'Which port': 'the chip itself' });
  assert.equal(await choosePort(undefined, async () => [nodemcu], asker), nodemcu);
  assert.equal(await choosePort('/dev/ttyACM0', async () => [nodemcu, other], asker), other);
  assert.deepEqual(asker.asked, []);
  assert.equal(await choosePort(undefined, async () => [nodemcu, other], asker), other);
});

test('no port at all says what usually is the reason', async () => {
  const none = choosePort(undefined, async () => [], undefined);
  await assert.rejects(none, { fault: 'no-port', cure: /many only charge/ });
});
