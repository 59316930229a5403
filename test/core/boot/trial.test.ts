import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BACK, CLEAR, LOOK, TRY } from '../../../firmware/core/boot/books.ts';
import { chooseSlot, confirm } from '../../../firmware/core/boot/choose.ts';
import { writeJournal, readJournal } from '../../../firmware/core/boot/journal.ts';
import { askBooks } from '../../support/books.ts';
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

/** A device that has left the image in slot b after three starts, and has proved itself in slot a. */
function rolledBack(): FakeStore {
  const store = bench();
  askBooks(store, TRY);
  for (let i = 0; i < 4; i++) start(store);
  ok(store);
  return store;
}

test('the slot on trial is started, and kept when it confirms', () => {
  const store = bench();
  assert.equal(askBooks(store, TRY).fault, '');
  assert.equal(start(store), 1);
  ok(store);
  assert.equal(start(store), 1);
});

test('the slot on trial is left again when it does not confirm', () => {
  const store = bench();
  askBooks(store, TRY);
  assert.deepEqual([start(store), start(store), start(store), start(store)], [1, 1, 1, 0]);
});

test('what became of a trial can be asked for, also after the next start', () => {
  const store = rolledBack();
  assert.equal(askBooks(store, LOOK).loss, 'was never confirmed');
  start(store);
  ok(store);
  assert.equal(askBooks(store, LOOK).loss, 'was never confirmed');
});

test('it counts no more once the slot is about to get a new image', () => {
  const store = rolledBack();
  assert.equal(askBooks(store, CLEAR, 'is empty').fault, '');
  assert.equal(askBooks(store, LOOK).loss, '');
});

test('to look writes nothing, and neither does to clear what is clear', () => {
  const store = bench();
  const { operations } = store;
  askBooks(store, LOOK);
  askBooks(store, CLEAR);
  assert.equal(store.operations, operations);
});

test('a slot that failed can be put on trial again', () => {
  const store = rolledBack();
  assert.equal(askBooks(store, TRY).fault, '');
  assert.equal(start(store), 1);
});

test('an image that must not run is neither tried nor gone back to', () => {
  for (const event of [TRY, BACK]) {
    const store = bench();
    assert.equal(askBooks(store, event, 'is damaged').fault, 'is damaged');
    assert.equal(start(store), 0);
  }
});

test('nothing is changed before the running image is confirmed', () => {
  const store = bench();
  start(store);
  for (const event of [CLEAR, TRY, BACK]) {
    assert.equal(askBooks(store, event).fault, 'the running image is not confirmed');
  }
});

test('going back starts the other image, which must confirm as well', () => {
  const store = bench();
  assert.equal(askBooks(store, BACK).fault, '');
  assert.deepEqual([1, 2, 3, 4].map(() => start(store)), [1, 1, 1, 0]);
  assert.equal(askBooks(store, LOOK).back, false);
});

test('it is known after going back that it was asked for', () => {
  const store = bench();
  askBooks(store, BACK);
  start(store);
  ok(store);
  assert.deepEqual([askBooks(store, LOOK).back, readJournal(store, crc).state.home], [true, 1]);
});

test('flash that takes no more writes is reported', () => {
  const store = bench();
  store.wearOut();
  assert.equal(askBooks(store, TRY).fault, 'the journal cannot be written');
  assert.equal(askBooks(store, BACK).fault, 'the journal cannot be written');
});

test('a power cut at any write of an update and its trial always leaves a slot to start', () => {
  for (let cut = 0; cut < 8; cut++) {
    for (const done of [0, 0.5, 1]) {
      const store = bench();
      store.cutAfter(cut, done);
      try {
        askBooks(store, CLEAR);
        askBooks(store, TRY);
        for (let i = 0; i < 4; i++) start(store);
      } catch (error) {
        assert.ok(error instanceof PowerCut, String(error));
      }
      store.restart();
      assert.notEqual(start(store), -1);
    }
  }
});
