import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { QUEUE, REFUSE, RESTART } from '../../../firmware/core/bell/ringer.ts';
import type { Guard } from '../../../firmware/core/bell/ringer.ts';
import { RingerBench } from '../../support/bench-ringer.ts';

test('lets one ring use half of the heat budget and no more', () => {
  const guard = { heat: 2000, span: 60 };
  assert.equal(new RingerBench(guard).ring([500, 100, 500]), '');
  assert.equal(new RingerBench(guard).ring([500, 100, 501]), 'hot');
});

test('counts each of the times that a pattern is played', () => {
  const guard = { heat: 2000, span: 60 };
  assert.equal(new RingerBench(guard).ring([100], { times: 10 }), '');
  assert.equal(new RingerBench(guard).ring([100], { times: 11 }), 'hot');
});

test('refuses a ring while the coil is hot and takes it when it has cooled', () => {
  const bench = new RingerBench({ heat: 2000, span: 60 });
  bench.ring([500, 100, 500]);
  bench.seconds(10);
  assert.equal(bench.ring([500]), 'hot');
  bench.seconds(25);
  assert.equal(bench.ring([500]), '');
});

test('cools to nothing, however hot it was', () => {
  const bench = new RingerBench({ heat: 2000, span: 60 });
  bench.ring([500, 100, 500]);
  bench.seconds(200);
  assert.equal(bench.ring([500, 100, 500]), '');
});

test('refuses a stroke over the longest', () => {
  assert.equal(new RingerBench({ stroke: 300 }).ring([100, 100, 301]), 'invalid');
});

test('stays within the budget of any window when it is asked without a pause', () => {
  const guard = { stroke: 100, heat: 2000, span: 10, rest: 0 };
  const bench = new RingerBench(guard);
  for (let second = 0; second < 60; second++) {
    for (let i = 0; i < 1000; i++) {
      bench.ring([50]);
      bench.wait(1);
    }
    bench.ringer.tick();
  }
  const windows = bench.relay.edges.map(({ ms }) => bench.relay.onTime(ms, ms + 10_000));
  assert.ok(Math.max(...windows) <= 2000, `${Math.max(...windows)}`);
  assert.ok(Math.max(...windows) >= 1800, `${Math.max(...windows)}`);
});

/** Something that happens to a bell, and the time before it. */
interface Event {
  wait: number;
  pattern?: number[];
  times?: number;
}

const pattern = fc.array(fc.integer({ min: 1, max: 1100 }), { minLength: 1, maxLength: 9 });
const wait = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 5000 }));
const ring = fc.record<Event>({ wait, pattern, times: fc.integer({ min: 1, max: 4 }) });
const stop = fc.record<Event>({ wait });
const events = fc.array(fc.oneof({ weight: 5, arbitrary: ring }, { weight: 1, arbitrary: stop }), { maxLength: 60 });
const guards = fc.record<Guard>({
  stroke: fc.integer({ min: 10, max: 1500 }),
  heat: fc.integer({ min: 10, max: 30_000 }),
  span: fc.integer({ min: 1, max: 60 }),
  rest: fc.integer({ min: 0, max: 2000 }),
  mode: fc.constantFrom(REFUSE, QUEUE, RESTART),
});

/** Runs a bell through all of it, with a tick each second that begins anywhere in a second. */
function live(guard: Guard, phase: number, happenings: Event[]): RingerBench {
  const bench = new RingerBench(guard);
  const tick = () => {
    bench.clock.after(tick, 1000);
    bench.ringer.tick();
  };
  bench.clock.after(tick, phase);
  happenings.forEach(({ wait: ms, pattern: strokes, times }) => {
    bench.wait(ms);
    if (strokes) bench.ring(strokes, { times: times ?? 1 });
    else bench.ringer.stop();
  });
  bench.wait(120_000);
  return bench;
}

const phase = fc.integer({ min: 1, max: 1000 });

test('begins with the budget used up when the coil may be warm', () => {
  const bench = new RingerBench({ heat: 2000, span: 9 }, 1);
  assert.equal(bench.ring([1]), 'hot');
  bench.seconds(3);
  assert.deepEqual([bench.ring([301]), bench.ring([300])], ['hot', '']);
});

test('never drives the coil for longer than the guard allows, in any window', () => {
  fc.assert(fc.property(guards, phase, events, (guard, start, happenings) => {
    const { relay } = live(guard, start, happenings);
    relay.edges.forEach(({ ms, level }) => {
      // The fullest window begins with a stroke or ends with one.
      const from = level ? ms : ms - guard.span * 1000;
      const on = relay.onTime(from, from + guard.span * 1000);
      assert.ok(on <= guard.heat, `${on} ms on within ${guard.span} s from ${from}`);
    });
  }), { numRuns: 400 });
});

test('never makes a stroke longer than the longest, and ends off', () => {
  fc.assert(fc.property(guards, phase, events, (guard, start, happenings) => {
    const { relay } = live(guard, start, happenings);
    relay.strokes().forEach((stroke) => assert.ok(Number(stroke.split('+')[1]) <= guard.stroke, stroke));
    assert.equal(relay.level, 0);
  }), { numRuns: 200 });
});

test('ends off with hardware that never ends a stroke', () => {
  fc.assert(fc.property(guards, events, (guard, happenings) => {
    const bench = new RingerBench(guard);
    bench.relay.failing = true;
    happenings.forEach(({ wait: ms, pattern: strokes }) => {
      bench.wait(ms);
      if (strokes) bench.ring(strokes);
      else bench.ringer.stop();
    });
    bench.wait(120_000);
    assert.equal(bench.relay.level, 0);
    bench.relay.strokes().forEach((stroke) => assert.ok(Number(stroke.split('+')[1]) <= guard.stroke + 5, stroke));
  }), { numRuns: 200 });
});

test('rests between two rings, and gives each ring one outcome', () => {
  fc.assert(fc.property(guards, events, (guard, happenings) => {
    const bench = new RingerBench(guard);
    let taken = 0;
    happenings.forEach(({ wait: ms, pattern: strokes, times }) => {
      bench.wait(ms);
      if (strokes) taken += bench.ring(strokes, { times: times ?? 1 }) ? 0 : 1;
      else bench.ringer.stop();
    });
    bench.seconds(600);
    assert.equal(bench.ended.length, taken);
    const strokes = bench.relay.strokes().filter((stroke) => !stroke.endsWith('+0'));
    const starts = strokes.map((stroke) => parseInt(stroke, 10));
    bench.ended.forEach((line, i) => {
      const end = bench.endedAt[i]!;
      if (!line.endsWith(' 0')) assert.ok(starts.every((ms) => ms < end || ms >= end + guard.rest), line);
    });
  }), { numRuns: 200 });
});
