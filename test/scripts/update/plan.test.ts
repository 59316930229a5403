import assert from 'node:assert/strict';
import { test } from 'node:test';
import d1Mini from '../../../boards/d1-mini.ts';
import type { Keys } from '../../../scripts/lib/update/keys.ts';
import { makePlan, type Wish } from '../../../scripts/lib/update/plan.ts';
import type { Info } from '../../../scripts/lib/update/status.ts';

const keys: Keys = { fleet: '5f'.repeat(32), devices: new Map(), next: new Map(), before: new Map() };
const wish: Wish = { do: 'run', version: '1.3.0', force: false };

function info(id: string, version = '1.2.0', board = 'd1-mini'): Info {
  return { id, version, board, names: [id, 'all'] };
}

test('each board has its turn early', () => {
  const some = [info('a'), info('b'), info('c'), info('d', '1.2.0', 'esp32-devkit'), info('e', '1.2.0', 'linux')];
  assert.deepEqual(makePlan(some, [], keys, wish).targets.map(({ id }) => id), ['a', 'd', 'e', 'b', 'c']);
});

test('who runs the version already is left alone, and who runs a newer one is left out', () => {
  const { targets, skipped } = makePlan([info('a', '1.3.0'), info('b', '1.10.0')], [], keys, wish);
  assert.deepEqual(targets, []);
  assert.deepEqual(skipped.map(({ id, why, isFine }) => [id, why, isFine]), [
    ['a', 'runs 1.3.0 already', true], ['b', 'runs 1.10.0, which is newer than 1.3.0', false],
  ]);
  assert.equal(makePlan([info('a', '1.3.0')], [], keys, { ...wish, force: true }).targets.length, 1);
});

test('who has no key, an unknown board, or another board than the image is named', () => {
  const none: Keys = { devices: new Map(), next: new Map(), before: new Map() };
  const why = (plan: ReturnType<typeof makePlan>) => plan.skipped.map((one) => one.why);
  assert.deepEqual(why(makePlan([info('a')], [], none, wish)), ['there is no key for it']);
  assert.deepEqual(why(makePlan([info('a', '1.0.0', 'toaster')], [], keys, wish)),
    ['its board is unknown here (toaster)']);
  assert.deepEqual(why(makePlan([info('a', '1.0.0', 'linux')], [], keys, { ...wish, board: d1Mini })),
    ['the image is for d1-mini']);
});

test('who does not answer is named and not asked', () => {
  const { targets, skipped } = makePlan([], [info('a')], keys, wish);
  assert.equal(targets.length, 0);
  assert.deepEqual(skipped[0], { id: 'a', board: 'd1-mini', runs: '1.2.0', why: 'does not answer', isFine: false });
});

test('going back and a new key ask nobody for a version', () => {
  for (const deed of ['back', 'key'] as const) {
    assert.equal(makePlan([info('a', '9.0.0')], [], keys, { do: deed, version: '', force: false }).targets.length, 1);
  }
});
