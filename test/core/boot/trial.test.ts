import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseSlot, confirm } from '../../../firmware/core/boot/choose.ts';
import { writeJournal, readJournal } from '../../../firmware/core/boot/journal.ts';
import { SENT_BACK } from '../../../firmware/core/boot/state.ts';
import { requestBack, requestTrial } from '../../../firmware/core/boot/trial.ts';
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

test('the slot that was asked for is started, and kept when it confirms', () => {
  const store = bench();
  assert.equal(requestTrial(store, crc, 1), '');
  assert.equal(start(store), 1);
  ok(store);
  assert.equal(start(store), 1);
});

test('the slot that was asked for is left again when it does not confirm', () => {
  const store = bench();
  requestTrial(store, crc, 1);
  assert.deepEqual([start(store), start(store), start(store), start(store)], [1, 1, 1, 0]);
});

test('a slot that failed can be put on trial again', () => {
  const store = bench();
  requestTrial(store, crc, 1);
  for (let i = 0; i < 4; i++) start(store);
  ok(store);
  assert.equal(requestTrial(store, crc, 1), '');
  assert.equal(start(store), 1);
});

test('the running slot is refused', () => {
  assert.equal(requestTrial(bench(), crc, 0), 'that slot is running');
});

test('no trial begins before the running image is confirmed', () => {
  const store = bench();
  start(store);
  assert.equal(requestTrial(store, crc, 1), 'the running image is not confirmed');
});

test('going back ends a trial', () => {
  const store = bench();
  requestTrial(store, crc, 1);
  start(store);
  assert.equal(requestBack(store, crc), '');
  assert.equal(start(store), 0);
  assert.equal(readJournal(store, crc).state.loss, SENT_BACK);
});

test('going back from a confirmed image starts the other one, which must confirm as well', () => {
  const store = bench();
  assert.equal(requestBack(store, crc), '');
  assert.deepEqual([1, 2, 3, 4].map(() => start(store)), [1, 1, 1, 0]);
});

test('flash that takes no more writes is reported', () => {
  const store = bench();
  store.wearOut();
  assert.equal(requestTrial(store, crc, 1), 'the journal cannot be written');
  assert.equal(requestBack(store, crc), 'the journal cannot be written');
});

test('a power cut at any write of an update and its trial always leaves a slot to start', () => {
  for (let cut = 0; cut < 8; cut++) {
    for (const done of [0, 0.5, 1]) {
      const store = bench();
      store.cutAfter(cut, done);
      try {
        requestTrial(store, crc, 1);
        for (let i = 0; i < 4; i++) start(store);
      } catch (error) {
        assert.ok(error instanceof PowerCut, String(error));
      }
      store.restart();
      assert.notEqual(start(store), -1);
    }
  }
});
