import assert from 'node:assert/strict';
import test from 'node:test';
import { DeviceBench } from '../support/bench-device.ts';

/** A device with a stored session that may ring as often as it likes. */
function resumed(): DeviceBench {
  return new DeviceBench('{"guard":{"lockoutMs":0},"ring":{"during":"queue"}}').resumed();
}

/** Rings that come behind an outage, and what becomes of them. */
function after(bench: DeviceBench, seconds: number, ...ids: number[]): string[] {
  bench.outage(seconds);
  bench.outcomes();
  ids.forEach((id) => bench.ring('100', { id, dup: true }));
  bench.seconds(2);
  return bench.outcomes();
}

test('rings a copy that comes after an outage only once, with its packet identifier or another', () => {
  for (const shift of [0, 1000]) {
    const bench = resumed();
    const id = bench.ring('100');
    assert.deepEqual(after(bench, 5, id + shift), ['duplicate']);
    assert.equal(bench.relay.strokes().length, 1);
  }
});

test('rings no copy of a copy', () => {
  const bench = resumed();
  bench.ring('100');
  assert.deepEqual(after(bench, 5, 1001), ['duplicate']);
  assert.deepEqual(after(bench, 5, 1002), ['duplicate']);
});

test('rings what was sent in vain, although the same was rung before', () => {
  const bench = resumed();
  bench.ring('100');
  bench.seconds(1);
  // Something is heard from the broker after it.
  bench.seconds(10);
  bench.send('bell/front/who');
  assert.deepEqual(after(bench, 5, 1001), ['rung']);
});

test('rings what was sent in vain under a packet identifier that was in use before', () => {
  const bench = resumed();
  const id = bench.ring('100');
  bench.seconds(10);
  bench.send('bell/front/who');
  assert.deepEqual(after(bench, 5, id), ['rung']);
});

test('takes as many copies for copies as there were rings', () => {
  const bench = resumed();
  bench.ring('100');
  bench.ring('100');
  assert.deepEqual(after(bench, 5, 1001, 1002, 1003), ['duplicate', 'duplicate', 'rung']);
});

test('takes a payload for no copy of an id', () => {
  const bench = resumed();
  bench.ring('{"id":"100"}');
  assert.deepEqual(after(bench, 5, 1001), ['rung']);
});

test('rings what comes again with QoS 2: a second copy of that never comes so far', () => {
  const bench = resumed();
  bench.ring('100', { qos: 2, id: 7 });
  bench.outage(5);
  bench.outcomes();
  bench.ring('100', { qos: 2, id: 8, dup: true });
  bench.seconds(2);
  assert.deepEqual(bench.outcomes(), ['rung']);
});
