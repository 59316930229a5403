import assert from 'node:assert/strict';
import test from 'node:test';
import { DeviceBench } from '../support/bench-device.ts';

test('restarts after an hour without a session', () => {
  const bench = new DeviceBench().online();
  bench.broker.reachable = false;
  bench.lose();
  bench.seconds(3590);
  assert.deepEqual(bench.restartedAt, []);
  bench.seconds(20);
  assert.equal(bench.restartedAt[0], 3602);
});

test('leaves an access point its turn before it restarts for want of a network', () => {
  const bench = new DeviceBench('{"portal":{"afterS":7200}}').online();
  bench.device.network(0, 'signal lost');
  bench.seconds(7200 + 3590);
  assert.deepEqual(bench.restartedAt, []);
  bench.seconds(20);
  assert.ok(bench.restartedAt.length > 0);
});

test('does not restart while it sounds', () => {
  const bench = new DeviceBench('{"guard":{"heatMs":60000},"button":{"pattern":"1000,9000,1000"}}').online();
  bench.broker.reachable = false;
  bench.lose();
  bench.seconds(3598);
  bench.press();
  bench.seconds(10);
  assert.deepEqual(bench.restartedAt, []);
  bench.seconds(3);
  assert.ok(bench.restartedAt.length > 0);
  assert.equal(bench.relay.level, 0);
});

test('counts a session that comes back before the hour is over', () => {
  const bench = new DeviceBench().online();
  for (let i = 0; i < 3; i++) {
    bench.outage(3000);
    bench.seconds(2);
  }
  assert.deepEqual(bench.restartedAt, []);
});

test('says after a minute that its image is good, with or without a network', () => {
  const bench = new DeviceBench().seconds(200);
  assert.deepEqual(bench.healthyAt, [60]);
});

test('says that an image on trial is good only after 30 s online', () => {
  const bench = new DeviceBench('{}', { trial: 1 }).seconds(200);
  assert.deepEqual(bench.healthyAt, []);
  bench.online().seconds(20);
  bench.outage(5);
  bench.seconds(28);
  assert.deepEqual(bench.healthyAt, []);
  bench.seconds(100);
  assert.equal(bench.healthyAt.length, 1);
});

test('asks for the time when it comes online, and every hour', () => {
  const bench = new DeviceBench('{"time":{"server":"pool"}}').online().seconds(3 * 3600);
  assert.deepEqual(bench.askedTime, ['pool', 'pool', 'pool', 'pool']);
});
