import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { createRecent, EVER } from '../../../firmware/core/bell/recent.ts';
import type { Recent } from '../../../firmware/core/bell/recent.ts';

/** Whether a number was here at any time; it is noted. */
function known(recent: Recent, hash: number, second = 0): boolean {
  return recent.note(hash, second, 0, EVER);
}

test('knows what it has seen, and nothing else', () => {
  const recent = createRecent();
  assert.deepEqual([7, 8, 7, 8, 9].map((hash) => known(recent, hash)), [false, false, true, true, false]);
});

test('remembers the last 16', () => {
  const recent = createRecent();
  for (let hash = 1; hash <= 16; hash++) known(recent, hash);
  assert.equal(known(recent, 1), true);
  assert.equal(known(recent, 17), false);
  assert.equal(known(recent, 1), true);
  assert.equal(known(recent, 2), false);
});

test('tells numbers apart by all of their 32 bits, signed or not', () => {
  const recent = createRecent();
  const hashes = [0, 1, 0x100, 0x10000, 0x1000000, 0x80000000, 0xffffffff];
  assert.deepEqual(hashes.map((hash) => known(recent, hash)), hashes.map(() => false));
  assert.equal(known(recent, -1), true);
  assert.equal(known(recent, -0x80000000), true);
});

test('never finds a number in the bytes of two others', () => {
  const recent = createRecent();
  known(recent, 0x01020304);
  known(recent, 0x05060708);
  assert.equal(known(recent, 0x03040000), false);
});

test('knows for how many seconds it has seen something', () => {
  const recent = createRecent();
  known(recent, 7);
  assert.equal(recent.note(7, 300, 301, EVER), false);
  assert.equal(recent.note(7, 300, 300, 300), true);
  assert.equal(recent.note(7, 300, 1, EVER), false);
});

test('counts how often it has seen the same within a time', () => {
  const recent = createRecent();
  const never = () => recent.note(7, 0, EVER, 0);
  assert.deepEqual([never(), never()], [false, false]);
  const then = () => recent.note(7, 10, 10, 12);
  assert.deepEqual([then(), then(), then()], [true, true, false]);
});

test('tells ages in a bell that has run for years', () => {
  for (const second of [EVER - 1, EVER + 1, 100_000_000, 4_000_000_000]) {
    const recent = createRecent();
    known(recent, 7, second);
    assert.equal(recent.note(7, second + 5, 5, 5), true, `${second}`);
  }
});

test('says the same as a list of the last 16', () => {
  fc.assert(fc.property(fc.array(fc.nat(24), { maxLength: 200 }), (hashes) => {
    const recent = createRecent();
    let list: number[] = [];
    hashes.forEach((hash) => {
      assert.equal(known(recent, hash), list.includes(hash));
      list = [hash, ...list.filter((other) => other !== hash)].slice(0, 16);
    });
  }));
});
