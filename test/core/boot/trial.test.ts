import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseSlot, confirm } from '../../../firmware/core/boot/choose.ts';
import { writeJournal, readJournal } from '../../../firmware/core/boot/journal.ts';
import { SENT_BACK } from '../../../firmware/core/boot/state.ts';
import { clear, goBack, lossOf, tryOther } from '../../../firmware/core/boot/trial.ts';
import { book } from '../../support/books.ts';
import { crc } from '../../support/crc.ts';
import { FakeStore, PowerCut } from '../../support/fake-store.ts';

/** Starts as the loader does; gives the slot. */
function start(store: FakeStore): number {
  const journal = readJournal(store, crc);
  const slot = chooseSlot(journal.state, 3, 'restart');
  writeJournal(store, crc, journal);
  return slot;
}

function ok(store: FakeStore): void {
  const journal = readJournal(store, crc);
  confirm(journal.state);
  writeJournal(store, crc, journal);
}

/** A device that runs a confirmed image in slot a. */
function bench(): FakeStore {
  const store = new FakeStore(2);
  start(store);
  ok(store);
  return store;
}

/** What became of the other image. */
function loss(store: FakeStore): string {
  return lossOf(readJournal(store, crc).state);
}

/** A device that has left the image in slot b after three starts, and has proved itself in slot a. */
function rolledBack(): FakeStore {
  const store = bench();
  book(store, tryOther);
  for (let i = 0; i < 4; i++) start(store);
  ok(store);
  return store;
}

test('the slot on trial is started, and kept when it confirms', () => {
  const store = bench();
  book(store, tryOther);
  assert.equal(start(store), 1);
  ok(store);
  assert.equal(start(store), 1);
});

test('the slot on trial is left again when it does not confirm', () => {
  const store = bench();
  book(store, tryOther);
  assert.deepEqual([start(store), start(store), start(store), start(store)], [1, 1, 1, 0]);
});

test('what became of a trial is known, also after the next start', () => {
  const store = rolledBack();
  assert.equal(loss(store), 'was never confirmed');
  start(store);
  ok(store);
  assert.equal(loss(store), 'was never confirmed');
});

test('it counts no more once the slot is about to get a new image', () => {
  const store = rolledBack();
  book(store, clear);
  assert.equal(loss(store), '');
});

test('to clear what is clear writes nothing', () => {
  const store = bench();
  const { operations } = store;
  book(store, clear);
  assert.equal(store.operations, operations);
});

test('a slot that failed can be put on trial again', () => {
  const store = rolledBack();
  book(store, tryOther);
  assert.equal(start(store), 1);
});

test('going back starts the other image, which must confirm as well', () => {
  const store = bench();
  book(store, goBack);
  assert.deepEqual([1, 2, 3, 4].map(() => start(store)), [1, 1, 1, 0]);
  assert.notEqual(readJournal(store, crc).state.loss, SENT_BACK);
});

test('it is known after going back that it was asked for', () => {
  const store = bench();
  book(store, goBack);
  start(store);
  ok(store);
  const { loss: last, home } = readJournal(store, crc).state;
  assert.deepEqual([last, home], [SENT_BACK, 1]);
});

test('flash that takes no more writes is reported', () => {
  const store = bench();
  store.wearOut();
  assert.deepEqual([book(store, tryOther), book(store, goBack)], [false, false]);
});

test('a power cut at any write of an update and its trial always leaves a slot to start', () => {
  let isCut = true;
  let cuts = 0;
  for (let cut = 0; isCut; cut++) {
    isCut = false;
    for (const done of [0, 0.5, 1]) {
      const store = bench();
      store.cutAfter(cut, done);
      try {
        book(store, clear);
        book(store, tryOther);
        for (let i = 0; i < 4; i++) start(store);
      } catch (error) {
        assert.ok(error instanceof PowerCut, String(error));
        cuts++;
        isCut = true;
      }
      store.restart();
      assert.notEqual(start(store), -1);
    }
  }
  // The order, three starts that count, and the one that leaves the slot, each with every share of it.
  assert.equal(cuts, 5 * 3);
});
