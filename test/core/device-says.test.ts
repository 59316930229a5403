import assert from 'node:assert/strict';
import test from 'node:test';
import { DeviceBench } from '../support/bench-device.ts';

/** How each message to `bell/front/<verb>` was sent: `qos1 retain`. */
function manner(bench: DeviceBench, verb: string): string[] {
  const found = bench.published.filter(({ topic }) => topic === 'bell/front/' + verb);
  return found.map(({ qos, retain }) => `qos${qos}${retain ? ' retain' : ''}`);
}

/** A device that has just come online, with all that it has said. */
function fresh(json?: string): DeviceBench {
  const bench = new DeviceBench(json);
  bench.device.network(1, '192.168.1.50');
  return bench.seconds(2);
}

/** A device whose outbox is full with outcomes that no broker has acknowledged. */
function full(): DeviceBench {
  const bench = new DeviceBench().online();
  bench.broker.acknowledges = false;
  for (let i = 0; i < 60; i++) bench.ring('nobody');
  return bench;
}

test('says that it is online, for whoever comes later', () => {
  const bench = fresh();
  assert.deepEqual(bench.messages('status'), ['online']);
  assert.deepEqual(manner(bench, 'status'), ['qos1 retain']);
});

test('says what it is, for whoever comes later', () => {
  const bench = fresh('{"groups":["ground"],"guard":{"strokeMs":800,"heatMs":9000,"windowS":30,"lockoutMs":250}}');
  const info = bench.last('info');
  assert.deepEqual(manner(bench, 'info'), ['qos1 retain']);
  assert.deepEqual(info.names, ['front', 'ground', 'all']);
  assert.deepEqual(info.limits, { strokeMs: 800, heatMs: 9000, windowS: 30, lockoutMs: 250 });
  assert.deepEqual([info.version, info.board, info.error], ['1.0.0', 'bench', '']);
});

test('keeps its secrets to itself', () => {
  const wifi = [{ ssid: 'net', password: 'secret-1' }];
  const bench = fresh(JSON.stringify({ wifi, mqtt: { username: 'secret-2', password: 'secret-3' } }));
  bench.send('bell/front/set', '{"mqtt":{"password":"secret-4"}}');
  bench.send('bell/front/set', '{"secret":"secret-5"}');
  bench.seconds(600);
  const said = bench.published.map(({ payload }) => payload.toString()).join();
  assert.ok(said.includes('"wifi":["net"]'));
  assert.ok(!said.includes('secret-'), said);
});

test('answers a roll call', () => {
  const bench = new DeviceBench().online();
  bench.send('bell/all/who', '', { qos: 0 });
  bench.seconds(1);
  assert.deepEqual(manner(bench, 'info'), ['qos1 retain']);
});

test('answers once to any number of calls within a second', () => {
  const bench = new DeviceBench().online();
  for (let i = 0; i < 100; i++) bench.send('bell/all/who', '', { qos: 0 });
  bench.seconds(5);
  assert.equal(bench.messages('info').length, 1);
});

test('reports each ring once, to whoever is there', () => {
  const bench = new DeviceBench().online();
  bench.ring('100');
  bench.seconds(5);
  assert.deepEqual(manner(bench, 'rang'), ['qos1']);
});

test('tells figures every few minutes', () => {
  const bench = new DeviceBench('{"statsS":60}').online().seconds(180);
  assert.deepEqual(manner(bench, 'stats'), ['qos0', 'qos0', 'qos0']);
  assert.deepEqual(bench.last('stats'), { free: 1000, uptime: 180, counts: {} });
});

test('tells no figures when the settings say so', () => {
  const bench = new DeviceBench('{"statsS":0}').online().seconds(1000);
  assert.deepEqual(bench.messages('stats'), []);
});

test('counts outcomes', () => {
  const bench = new DeviceBench('{"statsS":60}').online();
  bench.ring('100');
  bench.ring('100');
  bench.ring('nobody');
  bench.ring('100', { retain: true });
  bench.seconds(60);
  assert.deepEqual(bench.last('stats').counts, { busy: 1, invalid: 1, retained: 1, rung: 1 });
});

test('counts what it could not report', () => {
  const bench = full();
  bench.broker.acknowledges = true;
  bench.outage(2);
  bench.seconds(300);
  const counts = bench.last('stats').counts as Record<string, number>;
  const rang = bench.published.filter(({ topic }) => topic.endsWith('/rang'));
  const reported = new Set(rang.map(({ messageId }) => messageId));
  assert.equal(counts.invalid, 60);
  assert.ok(counts.unreported! > 10 && counts.unreported! < 60);
  assert.equal(reported.size + counts.unreported!, 60);
});

test('counts packets that are too long', () => {
  const bench = new DeviceBench('{"statsS":60}').online();
  bench.ring('x'.repeat(2000));
  bench.seconds(60);
  assert.deepEqual(bench.last('stats').counts, { skipped: 1 });
});

test('counts how often it has come back', () => {
  const bench = new DeviceBench('{"statsS":60}').online();
  bench.outage(5);
  bench.outage(5);
  bench.seconds(120);
  assert.deepEqual(bench.last('stats').counts, { reconnects: 2 });
});

test('says that it is online as soon as a full outbox has room', () => {
  const bench = full();
  bench.outage(2);
  bench.forget();
  bench.seconds(5);
  assert.deepEqual(bench.messages('status'), []);
  bench.broker.acknowledges = true;
  bench.outage(2);
  bench.seconds(3);
  assert.deepEqual(bench.messages('status'), ['online']);
  assert.equal(bench.messages('info').length, 1);
});

test('keeps an outcome for a broker that is away', () => {
  const bench = new DeviceBench().online();
  bench.ring('{"pattern":"1000","id":"a"}');
  bench.outage(5);
  bench.seconds(2);
  assert.deepEqual(bench.outcomes(), ['rung #a']);
});
