import assert from 'node:assert/strict';
import test from 'node:test';
import { NO_AT, NO_CLOCK } from '../../firmware/core/bell/late.ts';
import { DeviceBench } from '../support/bench-device.ts';

const NOW = 1_790_000_000;

/** A device that rings only for those who say when, online and with its clock set. */
function strict(ring: object = {}, more: object = {}): DeviceBench {
  const bench = new DeviceBench(JSON.stringify({ ring: { needsAt: true, ...ring }, ...more }));
  bench.unix = NOW;
  return bench.online();
}

/** The device's own time, s. */
const now = (bench: DeviceBench) => NOW + Math.floor(bench.clock.now / 1000);

test('rings for who says when, and for nobody else', () => {
  const bench = strict();
  for (const payload of ['', '1', 'PRESS', '100', '{"id":"a"}', '{"at":0}']) bench.ring(payload);
  assert.deepEqual(bench.outcomes(), [
    ...Array<string>(4).fill(`invalid: ${NO_AT}`), `invalid #a: ${NO_AT}`, `invalid: ${NO_AT}`,
  ]);
  bench.ring(`{"id":"b","at":${now(bench)}}`);
  bench.seconds(1);
  assert.deepEqual(bench.outcomes(), ['rung #b']);
  assert.equal(bench.relay.strokes().length, 1);
});

test('takes no ring for fresh on faith while its clock is not set', () => {
  const bench = new DeviceBench('{"ring":{"needsAt":true}}').online();
  bench.ring(`{"id":"a","at":${NOW}}`);
  bench.ring('100');
  bench.seconds(1);
  assert.deepEqual(bench.outcomes(), [`stale #a: ${NO_CLOCK}`, `invalid: ${NO_AT}`]);
  assert.deepEqual(bench.relay.edges, []);
  bench.unix = NOW;
  bench.ring(`{"id":"b","at":${now(bench)}}`);
  bench.seconds(1);
  assert.deepEqual(bench.outcomes(), ['rung #b']);
});

test('rings by hand without network and clock', () => {
  const bench = new DeviceBench('{"ring":{"needsAt":true}}');
  bench.press();
  bench.seconds(2);
  bench.press();
  bench.seconds(1);
  assert.equal(bench.relay.strokes().length, 2);
});

test('rings a group that it belongs to once by hand, with a clock or without', () => {
  for (const unix of [0, NOW]) {
    const bench = new DeviceBench('{"ring":{"needsAt":true},"button":{"rings":["all"]}}').online();
    bench.unix = unix;
    bench.press();
    const own = bench.published.find(({ topic }) => topic === 'bell/all/ring')!;
    bench.send('bell/all/ring', own.payload.toString(), { qos: 0 });
    bench.seconds(2);
    assert.deepEqual(bench.outcomes().map((outcome) => outcome.split(' ')[0]), ['duplicate', 'rung']);
    assert.equal(bench.relay.strokes().length, 1);
  }
});

test('is silenced by who does not say when', () => {
  const bench = strict();
  bench.ring(`{"pattern":1000,"at":${now(bench)}}`);
  bench.wait(100);
  bench.ring('OFF');
  bench.seconds(1);
  assert.deepEqual(bench.outcomes(), ['stopped']);
});

test('rings nothing that a bridge brings once more, with or without an id, and whatever its time to live', () => {
  const bench = strict({}, { guard: { lockoutMs: 0 } });
  const kept = ['', '"id":"a",'].map((id) => `{${id}"pattern":60,"at":${now(bench)},"ttl":86400}`);
  for (const payload of kept) {
    bench.ring(payload);
    bench.seconds(1);
  }
  assert.deepEqual(bench.outcomes(), ['rung', 'rung #a']);
  bench.seconds(600);
  for (const payload of kept) bench.ring(payload);
  assert.deepEqual(bench.outcomes(), ['duplicate', 'duplicate #a']);
  bench.ring(`{"pattern":60,"at":${now(bench)}}`);
  bench.seconds(1);
  assert.deepEqual(bench.outcomes(), ['rung']);
});

test('is told to ask for it, and no longer to, while it runs', () => {
  const bench = new DeviceBench().online();
  bench.send('bell/front/set', '{"ring":{"needsAt":true}}');
  bench.seconds(1);
  bench.ring('100');
  assert.deepEqual(bench.outcomes(), [`invalid: ${NO_AT}`]);
  bench.send('bell/front/set', '{"ring":{"needsAt":false}}');
  bench.seconds(1);
  bench.ring('100');
  bench.seconds(1);
  assert.deepEqual(bench.outcomes(), ['rung']);
});

test('asks for nothing when an older firmware has stored its settings', () => {
  const { ring, ...others } = new DeviceBench().settings;
  delete ring.needsAt;
  const bench = new DeviceBench('{}', { stored: JSON.stringify({ ...others, ring }) }).online();
  bench.ring('100');
  bench.seconds(1);
  assert.deepEqual(bench.outcomes(), ['rung']);
});

test('asks for the time each minute while nothing rings without, and then each hour', () => {
  const bench = new DeviceBench('{"ring":{"needsAt":true},"time":{"server":"pool"}}').online().seconds(180);
  assert.equal(bench.askedTime.length, 4);
  bench.unix = NOW;
  bench.seconds(3600);
  assert.equal(bench.askedTime.length, 5);
});
