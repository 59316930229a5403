import assert from 'node:assert/strict';
import test from 'node:test';
import type { TestContext } from 'node:test';
import { REFUSED } from '../../firmware/core/led.ts';
import { DeviceBench } from '../support/bench-device.ts';

/** Makes every wait as long as it can be. */
function unlucky(t: TestContext): void {
  t.mock.method(Math, 'random', () => 0.999);
}

/** Seconds from one dialling to the next. */
function waits(bench: DeviceBench): number[] {
  return bench.dials.slice(1).map((second, i) => second - bench.dials[i]!);
}

test('introduces itself with a will that says that it is gone', () => {
  const bench = new DeviceBench('{"mqtt":{"username":"u","password":"p"}}').online();
  const { clientId, clean, keepalive, will, username, password } = bench.connects[0]!;
  assert.deepEqual({ clientId, clean, keepalive, username, password: password?.toString() },
    { clientId: 'front', clean: false, keepalive: 60, username: 'u', password: 'p' });
  assert.deepEqual({ ...will, payload: will?.payload.toString() },
    { topic: 'bell/front/status', payload: 'offline', qos: 1, retain: true });
});

test('waits longer and longer for a broker that cannot be reached, up to a minute', (t) => {
  unlucky(t);
  const bench = new DeviceBench();
  bench.broker.reachable = false;
  bench.device.network(1, '192.168.1.50');
  bench.seconds(400);
  assert.deepEqual(waits(bench).slice(0, 8), [2, 4, 8, 16, 32, 60, 60, 60]);
});

test('never waits for more than a minute, nor less than a second', () => {
  const bench = new DeviceBench();
  bench.broker.reachable = false;
  bench.device.network(1, '192.168.1.50');
  bench.seconds(3000);
  assert.ok(waits(bench).every((wait) => wait >= 1 && wait <= 60));
  assert.ok(bench.dials.length > 3000 / 60);
});

test('forgets failures once the link has been good for 30 s', (t) => {
  unlucky(t);
  const lateWaits = [28, 31].map((good) => {
    const bench = new DeviceBench();
    bench.broker.reachable = false;
    bench.device.network(1, '192.168.1.50');
    bench.seconds(30);
    bench.broker.reachable = true;
    bench.seconds(1 + good);
    bench.lose();
    bench.seconds(64);
    return waits(bench).at(-1)! - good;
  });
  assert.ok(lateWaits[0]! > 30, `${lateWaits}`);
  assert.ok(lateWaits[1]! <= 3, `${lateWaits}`);
});

test('leaves its button time after an attempt for which everything stood still', () => {
  const bench = new DeviceBench();
  bench.broker.reachable = false;
  bench.broker.blocks = 18;
  bench.device.network(1, '192.168.1.50');
  bench.seconds(600);
  const gaps = bench.dials.slice(1).map((at, i) => at - bench.dials[i]!);
  assert.ok(gaps.length > 4);
  assert.deepEqual(gaps.filter((gap) => gap < 90 || gap > 120), []);
});

test('asks a broker that refuses its password no more than twice a minute', () => {
  const bench = new DeviceBench();
  bench.broker.code = 4;
  bench.device.network(1, '192.168.1.50');
  bench.seconds(900);
  assert.ok(waits(bench).every((wait) => wait >= 30 && wait <= 90), `${waits(bench)}`);
  assert.equal(bench.blinks.at(-1), REFUSED);
});

test('tells of a refusal once it is let in', () => {
  const bench = new DeviceBench();
  bench.broker.code = 5;
  bench.device.network(1, '192.168.1.50');
  bench.seconds(10);
  bench.broker.code = 0;
  bench.seconds(92);
  assert.equal(bench.last('info').error, 'not authorized');
});

test('gives the link up with its network, and starts at once with a new one', () => {
  const bench = new DeviceBench().online();
  bench.device.network(0, 'signal lost');
  bench.seconds(100);
  assert.equal(bench.dials.length, 1);
  bench.device.network(1, '192.168.1.51');
  bench.seconds(2);
  assert.equal(bench.dials.length, 2);
  assert.equal(bench.last('info').error, 'signal lost');
});

test('starts at once with a new network, however long it would have waited', (t) => {
  unlucky(t);
  const bench = new DeviceBench();
  bench.broker.reachable = false;
  bench.device.network(1, '192.168.1.50');
  bench.seconds(200);
  bench.device.network(0, 'signal lost');
  bench.device.network(1, '192.168.1.50');
  const before = bench.dials.length;
  bench.seconds(1);
  assert.equal(bench.dials.length, before + 1);
});

test('notices a broker that has fallen silent, and dials again', () => {
  const bench = new DeviceBench('{"mqtt":{"keepAlive":20}}').online();
  bench.broker.silent = true;
  bench.seconds(25);
  assert.equal(bench.dials.length, 2);
});

test('starts no connection while it sounds', () => {
  const bench = new DeviceBench('{"guard":{"heatMs":60000}}').online();
  bench.ring('{"pattern":"1000,1000","times":5,"gap":1}');
  bench.lose();
  bench.seconds(8);
  assert.equal(bench.dials.length, 1);
  bench.seconds(4);
  assert.equal(bench.dials.length, 2);
});
