import assert from 'node:assert/strict';
import test from 'node:test';
import { NO_BROKER, NO_NETWORK, NO_SETTINGS, WELL } from '../../firmware/core/led.ts';
import { DeviceBench } from '../support/bench-device.ts';

test('blinks what is the matter every four seconds', () => {
  const bench = new DeviceBench();
  bench.seconds(4);
  assert.deepEqual(bench.blinks, [NO_NETWORK]);
  bench.broker.reachable = false;
  bench.device.network(1, '192.168.1.50');
  bench.seconds(4);
  bench.broker.reachable = true;
  bench.seconds(64);
  assert.deepEqual([bench.blinks[1], bench.blinks.at(-1), bench.blinks.length], [NO_BROKER, WELL, 18]);
});

test('keeps the LED dark when the settings say so', () => {
  const bench = new DeviceBench('{"led":false}').online().seconds(60);
  assert.deepEqual(bench.blinks, []);
});

test('stays offline without a broker in its settings, and says so by its LED', () => {
  const stored = new DeviceBench().stored.replace('"host":"broker"', '"host":""');
  const bench = new DeviceBench('{}', { stored });
  bench.device.network(1, '192.168.1.50');
  bench.seconds(3600);
  bench.device.network(0, 'signal lost');
  bench.device.network(1, '192.168.1.50');
  bench.seconds(3600);
  assert.deepEqual([bench.dials, bench.restartedAt], [[], []]);
  assert.equal(bench.blinks.at(-1), NO_SETTINGS);
});
