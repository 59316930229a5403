import assert from 'node:assert/strict';
import test from 'node:test';
import { DeviceBench } from '../support/bench-device.ts';

/** A device with a stored session, back after an outage of so many seconds. */
function back(seconds: number, json = '{}'): DeviceBench {
  const bench = new DeviceBench(json).resumed();
  bench.outage(seconds);
  bench.forget();
  return bench;
}

test('rings what waited for no longer than its time to live', () => {
  const bench = back(20);
  bench.ring('100');
  bench.seconds(1);
  assert.deepEqual(bench.outcomes(), ['rung']);
});

test('rings nothing that may have waited for longer', () => {
  const bench = back(40);
  bench.ring('100');
  bench.seconds(1);
  assert.deepEqual(bench.outcomes(), ['stale']);
  assert.deepEqual(bench.relay.edges, []);
});

test('counts the silence before a dead link was noticed', () => {
  const bench = new DeviceBench('{"mqtt":{"keepAlive":60}}').resumed();
  bench.seconds(22);
  bench.outage(5);
  bench.ring('100');
  assert.deepEqual(bench.outcomes(), ['stale']);
});

test('counts the time for which it stood still while it dialled', () => {
  for (const [blocks, outcome] of [[10, 'rung'], [40, 'stale']] as const) {
    const bench = new DeviceBench().resumed();
    bench.broker.blocks = blocks;
    bench.outage(3);
    bench.forget();
    bench.ring('100');
    bench.seconds(1);
    assert.deepEqual(bench.outcomes(), [outcome]);
  }
});

test('takes the time to live from the settings and from the ring', () => {
  const bench = back(40, '{"ring":{"ttl":60}}');
  bench.ring('{"id":"a"}');
  bench.ring('{"id":"b","ttl":20}');
  bench.seconds(1);
  assert.deepEqual(bench.outcomes(), ['stale #b', 'rung #a']);
});

test('goes by the time in a ring once its clock is set', () => {
  const bench = back(40);
  bench.unix = 1_790_000_000;
  bench.ring(`{"id":"old","at":${1_790_000_000 - 3600}}`);
  bench.ring(`{"id":"new","at":${1_790_000_000 + 44}}`);
  bench.seconds(1);
  assert.deepEqual(bench.outcomes(), ['stale #old', 'rung #new']);
});

test('rings what is sent once everything that waited has come', () => {
  const bench = back(40);
  bench.ring('100');
  bench.seconds(2);
  bench.ring('100');
  bench.seconds(3);
  assert.deepEqual(bench.outcomes(), ['stale', 'stale']);
  bench.ring('100');
  bench.seconds(1);
  assert.deepEqual(bench.outcomes(), ['rung']);
});

test('waits for no more than 30 s for what waited', () => {
  const bench = back(40);
  for (let i = 0; i < 29; i++) {
    bench.ring('100');
    bench.seconds(1);
  }
  assert.ok(bench.outcomes().every((outcome) => outcome === 'stale'));
  bench.seconds(1);
  bench.ring('100');
  bench.seconds(1);
  assert.deepEqual(bench.outcomes(), ['rung']);
});

test('takes nothing for late when the broker has kept no session', () => {
  const bench = new DeviceBench().online();
  bench.outage(600);
  bench.forget();
  bench.ring('100');
  bench.seconds(1);
  assert.deepEqual(bench.outcomes(), ['rung']);
});

test('rings nothing that waited since before it started', () => {
  const bench = new DeviceBench('{"ring":{"ttl":86400}}');
  bench.broker.present = true;
  bench.online();
  bench.ring('100');
  bench.ring('{"id":"a","ttl":86400}', { qos: 2 });
  bench.seconds(2);
  assert.deepEqual(bench.outcomes(), ['stale', 'stale #a']);
  assert.deepEqual(bench.relay.edges, []);
});

test('rings at once after a start when the broker does not know it', () => {
  const bench = new DeviceBench().online();
  bench.ring('100');
  bench.seconds(1);
  assert.deepEqual(bench.outcomes(), ['rung']);
});

test('rings after a start when three seconds were silent', () => {
  const bench = new DeviceBench();
  bench.broker.present = true;
  bench.online();
  bench.ring('100');
  bench.seconds(3);
  bench.ring('100');
  bench.seconds(1);
  assert.deepEqual(bench.outcomes(), ['stale', 'rung']);
});
