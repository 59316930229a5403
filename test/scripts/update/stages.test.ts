import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkStages, mayFail, readAmount, readStages } from '../../../scripts/lib/update/stages.ts';

test('stages count all devices so far, shares rounded up', () => {
  assert.deepEqual(readStages('1,10%,100%', 500), [1, 50, 500]);
  assert.deepEqual(readStages('1,10%,100%', 12), [1, 2, 12]);
  assert.deepEqual(readStages('5,50', 50), [5, 50]);
});

test('a stage that would add nobody is left out', () => {
  assert.deepEqual(readStages('1,10%,100%', 1), [1]);
  assert.deepEqual(readStages('1,10%,100%', 7), [1, 7]);
  assert.deepEqual(readStages('1,10%,100%', 0), []);
});

test('stages that fall, end early or are no numbers are refused', () => {
  assert.throws(() => readStages('50%,10%,100%', 10), /do not rise/);
  assert.throws(() => readStages('1,10%', 10), /leave 9 of 10 devices out/);
  assert.throws(() => readStages('1;2', 10), /--stages takes numbers and shares/);
  assert.throws(() => readStages('101%', 10), /--stages takes/);
  assert.throws(() => readAmount('max-failures', '-1'), /--max-failures takes/);
});

test('what is wrong for any number of devices is known before they are counted', () => {
  for (const text of ['0', '0%,100%']) assert.throws(() => checkStages(text), /have one that begins nobody/);
  for (const text of ['50%,10%', '5,1,100%']) assert.throws(() => checkStages(text), /do not rise/);
  assert.throws(() => checkStages('1,10%'), /leave devices out/);
  for (const text of ['1,10%,100%', '5,50', '3']) checkStages(text);
});

test('stages rise, and the last one is everybody', () => {
  fc.assert(fc.property(fc.nat(2000), fc.nat(100), (total, percent) => {
    const ends = readStages(`${percent}%,100%`, total);
    return ends.every((end, i) => end > (ends[i - 1] ?? 0)) && (ends.at(-1) ?? 0) === total;
  }));
});

test('a share of failures is one of those that were begun, rounded down', () => {
  assert.equal(mayFail({ percent: 2 }, 1), 0);
  assert.equal(mayFail({ percent: 2 }, 49), 0);
  assert.equal(mayFail({ percent: 2 }, 50), 1);
  assert.equal(mayFail({ count: 3 }, 1), 3);
});
