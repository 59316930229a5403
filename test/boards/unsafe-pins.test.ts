import assert from 'node:assert/strict';
import test from 'node:test';
import type { PinName } from '../../boards/board.ts';
import { refuseRelayPin, unsafePins } from '../../boards/unsafe-pins.ts';

test('refuses a strapping pin, with the reason and a pin that is safe', () => {
  const refusal = refuseRelayPin('esp8266', 'D0');
  assert.match(refusal, /^D0 selects the serial loader/);
  assert.match(refusal, /D5 is safe$/);
});

test('refuses the pins of the flash memory on both chips', () => {
  for (const pin of [6, 7, 8, 9, 10, 11]) {
    assert.match(refuseRelayPin('esp8266', `D${pin}`), /flash memory/);
    assert.match(refuseRelayPin('esp32', `D${pin}`), /flash memory/);
  }
});

test('refuses what Espruino pulls up at boot on an ESP32', () => {
  const pulled: PinName[] = ['D12', 'D13', 'D14', 'D15', 'D18', 'D19', 'D21', 'D22', 'D25', 'D26', 'D27'];
  for (const pin of pulled) assert.notEqual(refuseRelayPin('esp32', pin), '');
});

test('recommends only pins that it does not refuse', () => {
  for (const chip of ['esp8266', 'esp32'] as const) {
    assert.ok(unsafePins[chip].safe.length > 0);
    for (const pin of unsafePins[chip].safe) assert.equal(refuseRelayPin(chip, pin), '');
  }
});

test('refuses nothing on Linux, where pins move nothing', () => {
  assert.equal(refuseRelayPin('linux', 'D0'), '');
});
