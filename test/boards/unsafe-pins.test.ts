import assert from 'node:assert/strict';
import test from 'node:test';
import type { PinName } from '../../boards/board.ts';
import { CHIPS } from '../../simulator/chip.ts';
import { refuseRelayPin, unsafePins } from '../../boards/unsafe-pins.ts';

test('refuses a strapping pin, with the reason and a pin that is safe', () => {
  const refusal = refuseRelayPin('esp8266', 'D0');
  assert.match(refusal, /^D0 selects the serial loader/);
  assert.match(refusal, /D5 is safe$/);
});

test('refuses the pins of the flash memory on each chip', () => {
  for (const pin of [6, 7, 8, 9, 10, 11]) {
    assert.match(refuseRelayPin('esp8266', `D${pin}`), /flash memory/);
    assert.match(refuseRelayPin('esp32', `D${pin}`), /flash memory/);
  }
  for (let pin = 12; pin <= 17; pin++) assert.match(refuseRelayPin('esp32c3', `D${pin}`), /flash memory/);
  for (let pin = 26; pin <= 32; pin++) assert.match(refuseRelayPin('esp32s3', `D${pin}`), /flash memory/);
});

test('refuses what Espruino pulls up at boot on an ESP32', () => {
  const pulled: PinName[] = ['D12', 'D13', 'D14', 'D15', 'D18', 'D19', 'D21', 'D22', 'D25', 'D26', 'D27'];
  for (const pin of pulled) assert.notEqual(refuseRelayPin('esp32', pin), '');
});

test('refuses straps, USB and the serial port of ESP32-C3 and ESP32-S3', () => {
  for (const pin of [2, 8, 9, 18, 19, 20, 21]) assert.notEqual(refuseRelayPin('esp32c3', `D${pin}`), '', `C3 ${pin}`);
  for (const pin of [0, 3, 19, 20, 43, 44, 45, 46]) {
    assert.notEqual(refuseRelayPin('esp32s3', `D${pin}`), '', `S3 ${pin}`);
  }
});

for (const name of ['esp8266', 'esp32', 'esp32c3', 'esp32s3'] as const) {
  const chip = CHIPS[name];
  test(`refuses what is high at reset on a simulated ${name}, and what its interpreter pulls up at boot`, () => {
    for (const pin of [...chip.highAtReset, ...(name === 'esp8266' ? [] : chip.pullUpAtLoad)]) {
      assert.notEqual(refuseRelayPin(name, `D${pin}`), '', `D${pin}`);
    }
    for (const pin of unsafePins[name].safe) assert.ok(chip.pins.includes(Number(pin.slice(1))), pin);
  });
}

test('recommends only pins that it does not refuse', () => {
  for (const chip of ['esp8266', 'esp32', 'esp32c3', 'esp32s3'] as const) {
    assert.ok(unsafePins[chip].safe.length > 0);
    for (const pin of unsafePins[chip].safe) assert.equal(refuseRelayPin(chip, pin), '');
  }
});

test('refuses nothing on Linux, where pins move nothing', () => {
  assert.equal(refuseRelayPin('linux', 'D0'), '');
});
