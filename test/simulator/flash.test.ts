import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Flash, PowerCut } from '../../simulator/flash.ts';

const START = 0x1000;

function bench(): { flash: Flash; cuts: () => number } {
  let cuts = 0;
  const flash = new Flash(START, 256, 4, new Uint8Array(0), () => { cuts++; });
  return { flash, cuts: () => cuts };
}

test('a write can only clear bits', () => {
  const { flash } = bench();
  flash.write(START, Uint8Array.of(0xF0));
  flash.write(START, Uint8Array.of(0x3F));
  assert.deepEqual([...flash.read(START, 2)], [0x30, 0xFF]);
});

test('an erase sets the whole page and no other', () => {
  const { flash } = bench();
  for (const at of [0, 255, 256]) flash.write(START + at, Uint8Array.of(0));
  flash.erase(START + 100);
  assert.deepEqual([0, 255, 256].map((at) => flash.read(START + at, 1)[0]), [0xFF, 0xFF, 0]);
});

test('the power goes in the middle of the write that was named', () => {
  const { flash, cuts } = bench();
  flash.cutAfter(2);
  flash.write(START, Uint8Array.of(1, 2, 3, 4));
  assert.throws(() => { flash.write(START + 4, Uint8Array.of(5, 6, 7, 8)); }, PowerCut);
  assert.deepEqual([...flash.read(START, 8)], [1, 2, 3, 4, 5, 6, 0xFF, 0xFF]);
  assert.equal(cuts(), 1);
});

test('the power goes in the middle of an erase', () => {
  const { flash } = bench();
  flash.write(START, new Uint8Array(256));
  flash.cutAfter(1, 0.25);
  assert.throws(() => { flash.erase(START); }, PowerCut);
  assert.deepEqual([flash.read(START + 63, 1)[0], flash.read(START + 64, 1)[0]], [0xFF, 0]);
});

test('a failing flash counts and keeps what it has', () => {
  const { flash } = bench();
  flash.failing = true;
  flash.write(START, Uint8Array.of(0));
  flash.erase(START);
  assert.deepEqual([flash.writes, flash.read(START, 1)[0]], [2, 0xFF]);
});

test('what lies outside of Storage reads as erased and takes nothing', () => {
  const { flash } = bench();
  flash.write(START - 2, Uint8Array.of(0, 0, 0, 0));
  flash.erase(0);
  assert.deepEqual([...flash.read(START - 2, 4)], [0xFF, 0xFF, 0, 0]);
  assert.equal(flash.pageOf(START + 4 * 256), undefined);
});
