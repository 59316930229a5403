import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { createRecent } from '../../../firmware/core/bell/recent.ts';

test('knows what it has seen, and nothing else', () => {
  const recent = createRecent();
  assert.deepEqual([7, 8, 7, 8, 9].map(recent), [false, false, true, true, false]);
});

test('remembers the last 16', () => {
  const recent = createRecent();
  for (let hash = 1; hash <= 16; hash++) recent(hash);
  assert.equal(recent(1), true);
  assert.equal(recent(17), false);
  assert.equal(recent(2), true);
  assert.equal(recent(1), false);
});

test('tells numbers apart by all of their 32 bits, signed or not', () => {
  const recent = createRecent();
  const hashes = [0, 1, 0x100, 0x10000, 0x1000000, 0x80000000, 0xffffffff];
  assert.deepEqual(hashes.map(recent), hashes.map(() => false));
  assert.equal(recent(-1), true);
  assert.equal(recent(-0x80000000), true);
});

test('never finds a number in the bytes of two others', () => {
  const recent = createRecent();
  recent(0x01020304);
  recent(0x05060708);
  assert.equal(recent(0x07080102), false);
});

test('says the same as a list of the last 16', () => {
  fc.assert(fc.property(fc.array(fc.nat(24), { maxLength: 200 }), (hashes) => {
    const recent = createRecent();
    const list: number[] = [];
    hashes.forEach((hash) => {
      const known = list.includes(hash);
      assert.equal(recent(hash), known);
      if (!known) list.unshift(hash);
      list.splice(16);
    });
  }));
});
