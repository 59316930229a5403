import assert from 'node:assert/strict';
import test from 'node:test';
import type { TestContext } from 'node:test';
import { DEAF, NO_BROKER, NO_NETWORK, NO_SETTINGS, REFUSED, WELL } from '../../firmware/core/led.ts';
import { DeviceBench } from '../support/bench-device.ts';

/** Makes every wait as long as it can be. */
function unlucky(t: TestContext): void {
  t.mock.method(Math, 'random', () => 0.999);
}

/** Seconds from one dialling to the next. */
function waits(bench: DeviceBench): number[] {
  return bench.dials.slice(1).map((second, i) => second - bench.dials[i]!);
}

/** The packets of one kind that the device has sent, without their identifiers. */
function packets(bench: DeviceBench, kind: string): string[] {
  return bench.sent.filter((line) => line.startsWith(kind + ' ')).map((line) => line.replace(/ #\d+/, ''));
}

test('introduces itself with a will that says that it is gone', () => {
  const bench = new DeviceBench('{"mqtt":{"username":"u","password":"p"}}').online();
  const { clientId, clean, keepalive, will, username, password } = bench.connects[0]!;
  assert.deepEqual({ clientId, clean, keepalive, username, password: password?.toString() },
    { clientId: 'front', clean: false, keepalive: 60, username: 'u', password: 'p' });
  assert.deepEqual({ ...will, payload: will?.payload.toString() },
    { topic: 'bell/front/status', payload: 'offline', qos: 1, retain: true });
});

test('asks for its topics and no wildcard', () => {
  const bench = new DeviceBench('{"groups":["ground"]}');
  bench.device.network(1, '192.168.1.50');
  bench.seconds(1);
  const asked = packets(bench, 'subscribe').flatMap((line) => line.split(' ').slice(1)).sort();
  assert.deepEqual(asked, [
    'bell/all/ring:1', 'bell/all/stop:1', 'bell/all/who:1',
    'bell/front/ring:1', 'bell/front/set:1', 'bell/front/stop:1', 'bell/front/who:1',
    'bell/ground/ring:1', 'bell/ground/stop:1', 'bell/ground/who:1',
  ]);
});

test('asks for no more than eight topics at once', () => {
  const groups = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const bench = new DeviceBench(JSON.stringify({ groups }));
  bench.device.network(1, '192.168.1.50');
  bench.seconds(2);
  const sizes = packets(bench, 'subscribe').map((line) => line.split(' ').length - 1);
  assert.ok(Math.max(...sizes) <= 8);
  assert.equal(sizes.reduce((sum, size) => sum + size), 31);
});

test('asks for its topics again when the broker has forgotten them, and only then', () => {
  const bench = new DeviceBench().online();
  bench.outage(2);
  assert.equal(packets(bench, 'subscribe').length, 1);
  bench.broker.present = true;
  bench.forget();
  bench.outage(2);
  assert.deepEqual(packets(bench, 'subscribe'), []);
});

test('asks for its topics after a start, whatever the broker has kept', () => {
  const bench = new DeviceBench();
  bench.broker.present = true;
  bench.device.network(1, '192.168.1.50');
  bench.seconds(1);
  assert.equal(packets(bench, 'subscribe').length, 1);
});

test('asks again for topics that the link was lost over', () => {
  const bench = new DeviceBench();
  bench.broker.grant = () => undefined;
  bench.online();
  bench.broker.grant = (_, qos) => qos;
  bench.broker.present = true;
  bench.outage(2);
  assert.equal(packets(bench, 'subscribe').length, 1);
});

test('asks for less when a broker never answers a subscription', () => {
  const bench = new DeviceBench('{"mqtt":{"qos":2}}');
  bench.broker.grant = (_, qos) => (qos === 2 ? undefined : qos);
  bench.online().seconds(60);
  assert.ok(packets(bench, 'subscribe').at(-1)?.includes('bell/front/ring:1'));
  bench.ring('100');
  bench.seconds(1);
  assert.deepEqual(bench.outcomes(), ['rung']);
});

test('takes what it is granted when that is less than it asked for', () => {
  const bench = new DeviceBench();
  bench.broker.grant = () => 0;
  bench.online().ring('100', { qos: 0 });
  bench.seconds(1);
  assert.deepEqual(bench.outcomes(), ['rung']);
  assert.equal(bench.blinks.at(-1) ?? WELL, WELL);
});

test('tells of a topic that the broker refuses, and rings for the others', () => {
  const bench = new DeviceBench('{"groups":["ground"]}');
  bench.broker.grant = (topic, qos) => (topic.startsWith('bell/ground/') ? 0x80 : qos);
  bench.device.network(1, '192.168.1.50');
  bench.seconds(8);
  assert.equal(bench.last('info').error, 'the broker refuses a subscription');
  assert.equal(bench.blinks.at(-1), DEAF);
  bench.ring('100');
  bench.seconds(1);
  assert.equal(bench.last('rang').outcome, 'rung');
});

test('asks again for a topic that was refused when it comes back', () => {
  const bench = new DeviceBench();
  bench.broker.grant = () => 0x80;
  bench.online();
  bench.broker.grant = (_, qos) => qos;
  bench.broker.present = true;
  bench.outage(2);
  bench.seconds(8);
  assert.equal(packets(bench, 'subscribe').length, 1);
  assert.equal(bench.blinks.at(-1), WELL);
});

test('waits longer and longer for a broker that cannot be reached, up to a minute', (t) => {
  unlucky(t);
  const bench = new DeviceBench();
  bench.broker.reachable = false;
  bench.device.network(1, '192.168.1.50');
  bench.seconds(400);
  assert.deepEqual(waits(bench).slice(0, 9), [1, 2, 4, 8, 16, 32, 60, 60, 60]);
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
    bench.seconds(31);
    bench.broker.reachable = true;
    bench.seconds(1 + good);
    bench.lose();
    bench.seconds(64);
    return waits(bench).at(-1)! - good;
  });
  assert.ok(lateWaits[0]! > 30, `${lateWaits}`);
  assert.ok(lateWaits[1]! <= 3, `${lateWaits}`);
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
  bench.seconds(2);
  assert.equal(bench.dials.length, before + 2);
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

test('restarts after an hour without a session', () => {
  const bench = new DeviceBench().online();
  bench.broker.reachable = false;
  bench.lose();
  bench.seconds(3590);
  assert.deepEqual(bench.restartedAt, []);
  bench.seconds(20);
  assert.equal(bench.restartedAt[0], 3602);
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
