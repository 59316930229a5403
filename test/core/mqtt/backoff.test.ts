import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { secondsToWait } from '../../../firmware/core/mqtt/backoff.ts';

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('waits 1 or 2 s when a connection breaks that had lasted, so that not all bells come back at once', () => {
  assert.deepEqual([0, 0.499, 0.5, 0.999].map((luck) => secondsToWait(0, false, luck)), [1, 1, 2, 2]);
});

test('doubles the range with each failure', () => {
  assert.deepEqual([0, 1, 2, 3, 4, 5].map((failures) => secondsToWait(failures, false, 0.999)), [2, 4, 8, 16, 32, 60]);
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

/** The most of 500 bells that come back in one second to a broker that was away for so many seconds, and the last. */
function comeback(away: number): { most: number; last: number } {
  const inSecond: number[] = [];
  // Numbers that look random, and are the same in each run.
  let seed = 1;
  const luck = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  for (let bell = 0; bell < 500; bell++) {
    let second = 0;
    for (let failures = 0; second <= away; failures++) second += secondsToWait(failures, false, luck());
    inSecond[second] = (inSecond[second] ?? 0) + 1;
  }
  return { most: Math.max(...inSecond.filter(Boolean)), last: inSecond.length - 1 - away };
}

test('brings back half of all bells in a second after a moment without the broker, and fewer after an outage', () => {
  const [moment, outage, long] = [0, 10, 600].map(comeback);
  assert.ok(moment!.most < 500 * 0.55 && moment!.last === 2, JSON.stringify(moment));
  assert.ok(outage!.most < 500 / 5 && outage!.last <= 60, JSON.stringify(outage));
  assert.ok(long!.most < 500 / 18 && long!.last <= 60, JSON.stringify(long));
});
