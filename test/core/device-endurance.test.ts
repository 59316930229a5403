import assert from 'node:assert/strict';
import test from 'node:test';
import { DeviceBench } from '../support/bench-device.ts';

/** The same numbers from 0 to 1 in every run. */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Something happens to the device, now and then. */
function happen(bench: DeviceBench, chance: () => number): void {
  const events = [
    () => bench.ring('100,50,100'),
    () => bench.ring(`{"id":"${Math.floor(chance() * 1e9)}","pattern":"300","times":3}`),
    () => bench.ring('nobody', { qos: 0 }),
    () => bench.send('bell/all/stop'),
    () => bench.send('bell/all/who', '', { qos: 0 }),
    () => bench.send('bell/front/set', '{"ring":{"ttl":45}}'),
    () => bench.press(),
    () => bench.outage(1 + Math.floor(chance() * 200)),
    () => {
      bench.device.network(0, 'signal lost');
      bench.seconds(1 + Math.floor(chance() * 100));
      bench.device.network(1, '192.168.1.50');
      bench.seconds(2);
    },
  ];
  bench.broker.present = chance() < 0.8;
  events[Math.floor(chance() * events.length)]!();
}

/** Beyond the place where a clock of 32 bits that counts milliseconds begins anew: 2 ** 32 ms are 49.7 days. */
const DAYS = 51;

test(`lives through ${DAYS} days of events, and keeps nothing of them`, () => {
  const json = '{"ring":{"during":"queue"},"button":{"rings":["front","back"]},"statsS":3600}';
  const bench = new DeviceBench(json).online();
  const chance = chances(7);
  let rung = 0;
  for (let hour = 0; hour < DAYS * 24; hour++) {
    const pause = Math.floor(chance() * 3000);
    bench.seconds(pause);
    happen(bench, chance);
    bench.seconds(3600 - pause);
    rung += bench.relay.strokes().length;
    bench.relay.edges.length = bench.blinks.length = bench.dials.length = bench.connects.length = 0;
    bench.forget();
  }
  const stats = bench.seconds(7200).last('stats');
  const counts = stats.counts as Record<string, number>;
  assert.ok(Number(stats.uptime) > DAYS * 86_400 && rung > 300, `${rung} strokes`);
  assert.deepEqual(bench.restartedAt, []);
  assert.equal(bench.clock.pending, 0);
  assert.ok(JSON.stringify(stats).length < 250, JSON.stringify(stats));
  assert.equal(counts.unreported, undefined);
  bench.ring('200');
  bench.seconds(1);
  assert.equal(bench.last('rang').outcome, 'rung');
});

test('restarts when the interpreter has run out of memory, and not while it sounds', () => {
  const bench = new DeviceBench().online();
  bench.ring('{"pattern":"900,900,900","gap":1}');
  bench.broken = true;
  bench.seconds(1);
  assert.deepEqual(bench.restartedAt, []);
  bench.seconds(3);
  assert.ok(bench.restartedAt.length > 0);
});
