import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { createOwnClock } from '../../scripts/bench/patience.ts';
import { guesses } from '../../scripts/bench/peak-table.ts';
import { findNeed, type Range } from '../../scripts/bench/search.ts';

const range: Range = { tooLittle: 500, limit: 1100, most: 1513, step: 8, guess: 900 };

/** A subject that needs so many variables; `slip` may turn an answer round. */
function subjectOf(need: number, slip: (room: number) => boolean = () => false) {
  const tried: number[] = [];
  return {
    tried,
    fits: (room: number) => {
      tried.push(room);
      return Promise.resolve((room >= need) !== slip(room));
    },
  };
}

test('a need is found to a step, wherever it lies and whatever was guessed', async () => {
  await fc.assert(fc.asyncProperty(
    fc.integer({ min: 501, max: 1500 }), fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 1, max: 64 }),
    async (need, guess, step) => {
      const subject = subjectOf(need);
      const found = await findNeed({ ...range, guess, step }, subject.fits);
      if (found === Infinity) return assert.ok(need > range.most - step);
      assert.ok(found >= need && found - step < need, `${found} for ${need}`);
    },
  ));
});

test('the limit itself is tried, so that a need of just that much keeps it', async () => {
  assert.equal(await findNeed(range, subjectOf(1100).fits), 1100);
  assert.equal(await findNeed(range, subjectOf(1101).fits), 1108);
});

test('a figure has been enough twice, and a step less was refused twice', async () => {
  const { tried, fits } = subjectOf(900);
  const found = await findNeed(range, fits);
  assert.equal(tried.filter((room) => room === found).length, 2);
  assert.equal(tried.filter((room) => room === found - range.step).length, 2);
});

test('a good guess saves trials', async () => {
  const near = subjectOf(900);
  await findNeed({ ...range, guess: 900 }, near.fits);
  const far = subjectOf(900);
  await findNeed({ ...range, guess: 1500 }, far.fits);
  assert.ok(near.tried.length <= 4, `${near.tried.length} trials`);
  assert.ok(near.tried.length < far.tried.length);
});

test('one wrong answer changes nothing', async () => {
  const right = await findNeed(range, subjectOf(930).fits);
  for (let wrong = 0; wrong < 12; wrong++) {
    let count = 0;
    assert.equal(await findNeed(range, subjectOf(930, () => count++ === wrong).fits), right, `answer ${wrong}`);
  }
});

test('what does not fit into all that there is has no figure', async () => {
  assert.equal(await findNeed(range, subjectOf(1600).fits), Infinity);
});

test('a trial that ends neither way ends the search', async () => {
  await assert.rejects(findNeed(range, () => Promise.reject(new Error('no info came'))), /no info came/);
});

test('time in which a process waits for a core is not its own, nor is what nobody has looked at', () => {
  let now = 0;
  let waited = 0;
  const clock = createOwnClock(() => now, () => waited);
  assert.equal(clock(), 0);
  now = 100;
  waited = 60;
  assert.equal(clock(), 40);
  now = 5100;
  assert.equal(clock(), 140);
});

test('the search begins at the last figures of the page', () => {
  const page = '**Variables that each scenario needs**\n\n| scenario | linux | d1-mini |\n| --- | ---: | ---: |\n'
    + '| reconnect | 932 | 1,028 |\n| who | failed: no info came | 956 |\n';
  assert.equal(guesses(page, 1).get('reconnect'), 1028);
  assert.ok(!guesses(page, 0).get('who'));
  assert.equal(guesses('', 0).get('reconnect'), undefined);
});
