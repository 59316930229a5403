import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { DeviceBench } from '../support/bench-device.ts';

/** Something that happens to a device. */
type Event = (bench: DeviceBench) => void;

const numbers = fc.array(fc.integer({ min: 1, max: 1600 }), { minLength: 1, maxLength: 7 });
const json = fc.record({
  pattern: fc.oneof(numbers, fc.constantFrom('door', 'OFF', 'nobody')),
  times: fc.integer({ min: 1, max: 6 }),
  gap: fc.integer({ min: 1, max: 2000 }),
  id: fc.nat(5),
}, { requiredKeys: [] }).map((fields) => JSON.stringify(fields));
const payload = fc.oneof(numbers.map((list) => list.join()), json, fc.string({ maxLength: 20 }));
const flags = fc.record({ qos: fc.constantFrom<0 | 1 | 2>(0, 1, 2), retain: fc.boolean() });

const ring = fc.tuple(payload, flags).map(([text, how]): Event => (bench) => bench.ring(text, how));
const moment = fc.integer({ min: 1, max: 3000 }).map((ms): Event => (bench) => bench.wait(ms));
const pause = fc.integer({ min: 1, max: 20 }).map((count): Event => (bench) => bench.seconds(count));

const event = fc.oneof(
  { weight: 6, arbitrary: ring },
  { weight: 4, arbitrary: moment },
  { weight: 4, arbitrary: pause },
  fc.constant<Event>((bench) => bench.send('bell/all/stop')),
  fc.constant<Event>((bench) => bench.press()),
  fc.constant<Event>((bench) => bench.send('bell/front/set', '{"ring":{"ttl":40}}')),
  fc.tuple(fc.integer({ min: 1, max: 60 }), fc.boolean()).map(([seconds, present]): Event => (bench) => {
    bench.broker.present = present;
    bench.outage(seconds);
    // A connection is not begun while the bell sounds.
    bench.seconds(70);
  }),
);

const settings = fc.record({
  during: fc.constantFrom('refuse', 'queue', 'restart'),
  strokeMs: fc.integer({ min: 10, max: 1500 }),
  heatMs: fc.integer({ min: 1000, max: 20_000 }),
  windowS: fc.integer({ min: 1, max: 60 }),
  lockoutMs: fc.integer({ min: 0, max: 3000 }),
});

test('stays within its guard and ends off, whatever arrives', () => {
  fc.assert(fc.property(settings, fc.array(event, { maxLength: 40 }), ({ during, ...guard }, events) => {
    const rings = { during, patterns: { door: '100,50,100' } };
    const bench = new DeviceBench(JSON.stringify({ ring: rings, guard, statsS: 0 })).online();
    events.forEach((happen) => happen(bench));
    bench.seconds(200);
    const { relay } = bench;
    assert.equal(relay.level, 0);
    relay.strokes().forEach((stroke) => assert.ok(Number(stroke.split('+')[1]) <= guard.strokeMs, stroke));
    relay.edges.forEach(({ ms, level }) => {
      const from = level ? ms : ms - guard.windowS * 1000;
      assert.ok(relay.onTime(from, from + guard.windowS * 1000) <= guard.heatMs);
    });
    assert.equal(bench.clock.pending, 0);
  }), { numRuns: 150 });
});
