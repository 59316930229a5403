import assert from 'node:assert/strict';
import test from 'node:test';
import { createRinger, QUEUE } from '../../../firmware/core/bell/ringer.ts';
import { RingerBench } from '../../support/bench-ringer.ts';

test('plays one stroke of exactly its length', () => {
  const bench = new RingerBench();
  assert.equal(bench.ring([200]), '');
  bench.wait(5000);
  assert.deepEqual(bench.relay.strokes(), ['0+200']);
  assert.deepEqual(bench.ended, ['rung 200']);
});

test('plays strokes in order, with the rests between them', () => {
  const bench = new RingerBench();
  bench.ring([100, 200, 50, 10, 30]);
  bench.wait(5000);
  assert.deepEqual(bench.relay.strokes(), ['0+100', '300+50', '360+30']);
  assert.deepEqual(bench.ended, ['rung 180']);
});

test('keeps strokes apart however short the rest', () => {
  const bench = new RingerBench();
  bench.ring([100, 1, 100]);
  bench.wait(5000);
  assert.deepEqual(bench.relay.strokes(), ['0+100', '106+100']);
});

test('plays a pattern so many times, with the gap between', () => {
  const bench = new RingerBench();
  bench.ring([100, 50, 100], { times: 3, gap: 400 });
  bench.wait(5000);
  assert.deepEqual(bench.relay.strokes(), ['0+100', '150+100', '650+100', '800+100', '1300+100', '1450+100']);
  assert.deepEqual(bench.ended, ['rung 600']);
});

test('tells of a ring only once it has sounded to its end', () => {
  const bench = new RingerBench();
  bench.ring([100, 200, 100], { id: 'a' });
  bench.wait(399);
  assert.deepEqual(bench.ended, []);
  assert.ok(bench.ringer.sounding());
  bench.wait(6);
  assert.deepEqual(bench.ended, ['rung a 200']);
  assert.ok(!bench.ringer.sounding());
});

test('stops in the middle of a stroke', () => {
  const bench = new RingerBench();
  bench.ring([800, 200, 800], { id: 'a' });
  bench.wait(300);
  bench.ringer.stop();
  bench.wait(5000);
  assert.deepEqual(bench.relay.strokes(), ['0+300']);
  assert.deepEqual(bench.ended, ['stopped a 800']);
});

test('survives timers that fire although they were cancelled, or late, as those that are due together do', () => {
  const timers: (() => void)[] = [];
  const outcomes: string[] = [];
  let pulses = 0;
  const relay = { pulse: () => void pulses++, off: () => undefined };
  const clock = { after: (callback: () => void) => timers.push(callback), cancel: () => undefined };
  const guard = { stroke: 1000, heat: 100_000, span: 60, rest: 0, mode: QUEUE };
  const ringer = createRinger(relay, clock, guard, 0, (ring, outcome) => outcomes.push(outcome + ring.id));
  const ring = (id: string): void => {
    ringer.ring({ pattern: [100, 100, 100], times: 1, gap: 1, id, at: 0, ttl: 0 });
  };
  ring('a');
  ringer.stop();
  timers[0]!();
  assert.deepEqual([outcomes, pulses], [['stoppeda'], 1]);
  ring('b');
  ring('c');
  for (let second = 0; second < 5; second++) ringer.tick();
  assert.equal(pulses, 2);
  timers[1]!();
  assert.deepEqual([outcomes, pulses], [['stoppeda'], 2]);
});

test('stops in the middle of a rest', () => {
  const bench = new RingerBench();
  bench.ring([100, 900, 100]);
  bench.wait(500);
  bench.ringer.stop();
  bench.wait(5000);
  assert.deepEqual(bench.relay.strokes(), ['0+100']);
  assert.deepEqual(bench.ended, ['stopped 100']);
});

test('leaves a silent bell silent when it is told to stop', () => {
  const bench = new RingerBench();
  bench.ringer.stop();
  bench.wait(5000);
  assert.deepEqual(bench.relay.edges, []);
  assert.deepEqual(bench.ended, []);
  assert.equal(bench.ring([100]), '');
});

test('keeps the next stroke whole after a stop, although the hardware still holds an end', () => {
  const bench = new RingerBench({ rest: 0 });
  bench.ring([1000]);
  bench.wait(10);
  bench.ringer.stop();
  let outcome = bench.ring([500]);
  while (outcome === 'locked') {
    bench.wait(1);
    outcome = bench.ring([500]);
  }
  bench.wait(5000);
  assert.deepEqual(bench.relay.strokes().map((stroke) => stroke.split('+')[1]), ['10', '500']);
});

test('ends a stroke by its own timer when the one of the hardware fails', () => {
  const bench = new RingerBench();
  bench.relay.failing = true;
  bench.ring([200, 300, 100]);
  bench.wait(5000);
  assert.deepEqual(bench.relay.strokes(), ['0+205', '500+105']);
});

test('ends a stroke by its ticks when there was no memory for a timer', () => {
  const bench = new RingerBench({ stroke: 1000 });
  bench.clock.losing = true;
  bench.relay.failing = true;
  bench.ring([200], { id: 'lost' });
  assert.equal(bench.ring([100]), 'busy');
  bench.seconds(3);
  assert.equal(bench.relay.level, 0);
  assert.deepEqual(bench.ended, ['stopped lost 200']);
  assert.equal(bench.ring([100]), '');
});

test('gives up a ring that has lost its timer in a rest', () => {
  const bench = new RingerBench();
  bench.ring([100, 5000, 100], { id: 'lost' });
  bench.clock.losing = true;
  bench.seconds(20);
  assert.deepEqual(bench.ended, ['stopped lost 100']);
  assert.ok(!bench.ringer.sounding());
});

test('ends a lock-out whose timer was lost', () => {
  const bench = new RingerBench({ mode: QUEUE });
  bench.ring([100]);
  bench.ring([200], { id: 'second' });
  bench.wait(10);
  bench.clock.losing = true;
  bench.wait(200);
  bench.clock.losing = false;
  bench.seconds(5);
  assert.deepEqual(bench.ended, ['rung 100', 'rung second 200']);
});

test('never takes a long rest for a lost timer', () => {
  const bench = new RingerBench();
  bench.ring([1000, 10_000, 1000], { times: 2, gap: 10_000 });
  bench.seconds(60);
  assert.deepEqual(bench.ended, ['rung 4000']);
});

test('switches a silent relay off again with every tick', () => {
  const bench = new RingerBench();
  bench.seconds(10);
  assert.equal(bench.relay.offs, 10);
});

test('lets a stroke be while a tick passes', () => {
  const bench = new RingerBench();
  bench.wait(500);
  bench.ring([1000]);
  bench.seconds(3);
  assert.deepEqual(bench.relay.strokes(), ['500+1000']);
});

test('sounds for as long as the hardware may hold the end of a stroke that was cut short, and no longer', () => {
  for (const cutAt of [100, 999]) {
    const bench = new RingerBench({ stroke: 1500, rest: 60_000 });
    bench.ring([1500]);
    bench.wait(cutAt);
    bench.ringer.stop();
    for (; bench.clock.now < 1500; bench.wait(50)) {
      assert.ok(bench.ringer.sounding(), `${bench.clock.now} ms`);
      if (bench.clock.now % 1000 === 0) bench.ringer.tick();
    }
    bench.seconds(3);
    assert.ok(!bench.ringer.sounding());
  }
});

test('sounds no longer once it has rung to its end', () => {
  const bench = new RingerBench({ rest: 60_000 });
  bench.ring([200]);
  bench.wait(205);
  assert.ok(!bench.ringer.sounding());
});
