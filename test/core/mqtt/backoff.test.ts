import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { secondsToWait } from '../../../firmware/core/mqtt/backoff.ts';

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('waits 1 or 2 s after the first failure', () => {
  assert.equal(secondsToWait(1, false, 0), 1);
  assert.equal(secondsToWait(1, false, 0.999), 2);
});

test('doubles the range with each failure', () => {
  assert.deepEqual([0, 1, 2, 3, 4, 5].map((failures) => secondsToWait(failures, false, 0.999)), [1, 2, 4, 8, 16, 32]);
});

test('never waits less than 1 s or more than 60 s', () => {
  fc.assert(
    fc.property(fc.nat(2_000), chance, (failures, luck) => {
      const wait = secondsToWait(failures, false, luck);
      assert.ok(Number.isInteger(wait) && wait >= 1 && wait <= 60);
    }),
  );
});

test('asks a broker that refused no sooner than after 30 s', () => {
  fc.assert(fc.property(fc.nat(100), chance, (failures, luck) => secondsToWait(failures, true, luck) >= 30));
});
