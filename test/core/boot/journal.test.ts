import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeJournal, readJournal } from '../../../firmware/core/boot/journal.ts';
import { unpackState } from '../../../firmware/core/boot/state.ts';
import { UNIT } from '../../../firmware/core/layout.ts';
import { crc } from '../../support/crc.ts';
import { FakeStore, PowerCut } from '../../support/fake-store.ts';

/** Writes a state that carries `mark` in its counters. */
function note(store: FakeStore, mark: number): boolean {
  const journal = readJournal(store, crc);
  journal.state.a = mark & 7;
  journal.state.b = mark >> 3 & 7;
  return writeJournal(store, crc, journal);
}

function mark(store: FakeStore): number {
  const state = readJournal(store, crc).state;
  return state.a | state.b << 3;
}

test('an erased journal is that of a device that has never started', () => {
  assert.deepEqual(readJournal(new FakeStore(2), crc).state, unpackState(0));
});

test('the newest entry counts, over more entries than the counter holds', () => {
  const store = new FakeStore(2);
  for (let i = 0; i < 70_000; i++) {
    note(store, i % 64);
    assert.equal(mark(store), i % 64);
  }
});

test('an entry is eight bytes: state, count, CRC', () => {
  const store = new FakeStore(2);
  note(store, 1);
  assert.deepEqual([...store.bytes.subarray(0, 8)], [
    0x10, 0x00, // the state: one failure of slot a
    0x01, 0x00, // first entry
    0xc2, 0xb9, 0x46, 0x68, // CRC-32 of these four
  ]);
});

for (const done of [0, 0.25, 0.5, 0.9, 1]) {
  test(`a power cut at any write or erase, ${done * 100} % done, leaves the old or the new state`, () => {
    const store = new FakeStore(2);
    for (let i = 0; i < 1100; i++) {
      const before = mark(store);
      const wanted = (before + 1) % 64;
      store.cutAfter(i % 3, done);
      try {
        note(store, wanted);
      } catch (error) {
        assert.ok(error instanceof PowerCut, String(error));
      }
      store.restart();
      assert.ok(mark(store) === before || mark(store) === wanted);
      note(store, wanted);
      assert.equal(mark(store), wanted);
    }
  });
}

test('fifteen writes in a row that are cut short lose nothing', () => {
  const store = new FakeStore(2);
  note(store, 42);
  for (let i = 0; i < 15; i++) {
    store.cutAfter(0, 0.5);
    assert.throws(() => note(store, 7), PowerCut);
  }
  store.restart();
  assert.equal(mark(store), 42);
});

test('a unit full of anything is no reason to fail', () => {
  for (const junk of [0x00, 0x20, 0x5a]) {
    const store = new FakeStore(2);
    store.bytes.fill(junk);
    assert.deepEqual(readJournal(store, crc).state, unpackState(0));
    assert.ok(note(store, 9));
    assert.equal(mark(store), 9);
  }
});

test('an entry whose bits have faded is skipped', () => {
  const store = new FakeStore(2);
  note(store, 3);
  note(store, 4);
  store.bytes[8] = 0;
  assert.equal(mark(store), 3);
});

test('flash that takes no more writes is reported, not tried for ever', () => {
  const store = new FakeStore(2);
  note(store, 3);
  store.wearOut();
  assert.equal(note(store, 4), false);
  assert.equal(mark(store), 3);
});

test('both units are used in turn', () => {
  const store = new FakeStore(2);
  for (let i = 0; i < 515; i++) note(store, i % 64);
  assert.notEqual(store.bytes[UNIT], 0xff);
  assert.equal(readJournal(store, crc).unit, 1);
});
