import assert from 'node:assert/strict';
import test from 'node:test';
import { QUEUE, REFUSE, RESTART } from '../../../firmware/core/bell/ringer.ts';
import { RingerBench } from '../../support/bench-ringer.ts';

/** A bell that sounds for 500 ms, with the settings' way of taking a second ring. */
function sounding(mode: number): RingerBench {
  const bench = new RingerBench({ mode, rest: 300 });
  bench.ring([500], { id: 'first' });
  bench.wait(100);
  return bench;
}

test('refuses a ring during a ring', () => {
  const bench = sounding(REFUSE);
  assert.equal(bench.ring([100]), 'busy');
  bench.wait(5000);
  assert.deepEqual(bench.relay.strokes(), ['0+500']);
});

test('refuses a ring during the lock-out after a ring, and takes one behind it', () => {
  const bench = sounding(REFUSE);
  bench.wait(410);
  assert.equal(bench.ring([100]), 'locked');
  bench.wait(294);
  assert.equal(bench.ring([100]), 'locked');
  bench.wait(1);
  assert.equal(bench.ring([100]), '');
});

test('queues rings and plays them in order, with the lock-out between', () => {
  const bench = sounding(QUEUE);
  assert.equal(bench.ring([100], { id: 'second' }), '');
  assert.equal(bench.ring([200], { id: 'third' }), '');
  bench.wait(5000);
  assert.deepEqual(bench.relay.strokes(), ['0+500', '805+100', '1210+200']);
  assert.deepEqual(bench.ended, ['rung first 500', 'rung second 100', 'rung third 200']);
});

test('queues four rings and refuses a fifth', () => {
  const bench = sounding(QUEUE);
  const outcomes = [1, 2, 3, 4, 5].map(() => bench.ring([100]));
  assert.deepEqual(outcomes, ['', '', '', '', 'busy']);
});

test('queues a ring that comes during the lock-out', () => {
  const bench = sounding(QUEUE);
  bench.wait(500);
  assert.equal(bench.ring([100]), '');
  bench.wait(5000);
  assert.deepEqual(bench.relay.strokes(), ['0+500', '805+100']);
});

test('tells of queued rings that a stop has silenced', () => {
  const bench = sounding(QUEUE);
  bench.ring([100], { id: 'second' });
  bench.ring([100], { id: 'third' });
  bench.ringer.stop();
  bench.wait(5000);
  assert.deepEqual(bench.relay.strokes(), ['0+100']);
  assert.deepEqual(bench.ended, ['stopped first 500', 'stopped second 0', 'stopped third 0']);
});

test('tells of a queued ring that would overheat the coil, and plays the next', () => {
  const bench = new RingerBench({ mode: QUEUE, heat: 2000, span: 3600 });
  bench.ring([500], { id: 'first' });
  bench.ring([600], { id: 'hot' });
  bench.ring([400], { id: 'third' });
  bench.wait(5000);
  assert.deepEqual(bench.ended, ['rung first 500', 'hot hot 0', 'rung third 400']);
});

test('refuses a queued ring whose stroke has become too long meanwhile', () => {
  const bench = new RingerBench({ mode: QUEUE });
  bench.ring([500]);
  bench.ring([900], { id: 'long' });
  bench.guard.stroke = 600;
  bench.wait(5000);
  assert.deepEqual(bench.ended, ['rung 500', 'invalid long 0']);
});

test('cuts a ring short for a newer one, which waits until the hardware is free', () => {
  const bench = sounding(RESTART);
  assert.equal(bench.ring([200], { id: 'second' }), '');
  bench.wait(5000);
  assert.deepEqual(bench.relay.strokes(), ['0+100', '1105+200']);
  assert.deepEqual(bench.ended, ['stopped first 500', 'rung second 200']);
});

test('restarts with the newest of several rings, and tells of the others', () => {
  const bench = sounding(RESTART);
  bench.ring([200], { id: 'second' });
  bench.wait(10);
  bench.ring([300], { id: 'third' });
  bench.wait(5000);
  assert.deepEqual(bench.ended, ['stopped first 500', 'stopped second 0', 'rung third 300']);
});
