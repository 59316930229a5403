import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  STARTS, TOLERANT_STARTS, chooseSlot, confirm, forgive, giveUp,
} from '../../../firmware/core/boot/choose.ts';
import {
  CRASHED, SILENT, THREW, UNFIT, lossText, packState, unpackState,
} from '../../../firmware/core/boot/state.ts';
import type { Slot, State } from '../../../firmware/core/boot/state.ts';

/** Slots whose image may run. */
const both = 3;
const only = (slot: Slot) => 1 << slot;

/** A state whose slot a has proved itself, with slot b on trial when `trial` is 1. */
function proved(trial: 0 | 1 = 0): State {
  const state = unpackState(0);
  chooseSlot(state, both, 'power on');
  confirm(state);
  state.trial = trial;
  return state;
}

/** The slots that are started in a row when none ever says ok. */
function starts(state: State, fit: number, reason: string, times: number): number[] {
  return Array.from({ length: times }, () => chooseSlot(state, fit, reason));
}

test('a new device starts slot a', () => assert.equal(chooseSlot(unpackState(0), only(0), 'power on'), 0));

test('an image that confirms is started again for ever', () => {
  const state = proved();
  for (let i = 0; i < 100; i++) {
    assert.equal(chooseSlot(state, both, 'exception'), 0);
    confirm(state);
  }
});

test('an image that crashes three times makes way for the other', () => {
  assert.deepEqual(starts(proved(), both, 'soft wdt', 7), [0, 0, 0, 1, 1, 1, -1]);
});

test('with one image, three crashes end in safe mode', () => {
  assert.deepEqual(starts(proved(), only(0), 'exception', 5), [0, 0, 0, -1, -1]);
});

test('somebody who plays with the plug changes nothing where the chip says so', () => {
  for (const reason of ['power on', 'reset pin', 'deep sleep']) {
    assert.deepEqual(new Set(starts(proved(), both, reason, 50)), new Set([0]));
    assert.deepEqual(new Set(starts(proved(1), both, reason, 50)), new Set([1]));
  }
});

test('a chip that does not say why it restarted is given six starts', () => {
  const order = starts(proved(), both, 'unknown', 2 * TOLERANT_STARTS + 1);
  assert.deepEqual(order, [...Array(TOLERANT_STARTS).fill(0), ...Array(TOLERANT_STARTS).fill(1), -1]);
});

for (const reason of ['unknown', 'restart', 'wdt reset']) {
  test(`a trial that never confirms goes back after ${STARTS} starts (${reason})`, () => {
    assert.deepEqual(starts(proved(1), both, reason, 4), [1, 1, 1, 0]);
  });
}

test('a trial that confirms is at home from then on', () => {
  const state = proved(1);
  chooseSlot(state, both, 'restart');
  confirm(state);
  assert.deepEqual([state.home, state.trial, chooseSlot(state, both, 'power on')], [1, 0, 1]);
});

test('a trial that stops with an error goes back at once', () => {
  const state = proved(1);
  chooseSlot(state, both, 'restart');
  giveUp(state, THREW);
  assert.equal(chooseSlot(state, both, 'restart'), 0);
  assert.equal(state.loss, THREW);
});

test('an image at home that stops with an error is tried three times', () => {
  const state = proved();
  const order = [];
  for (let i = 0; i < 4; i++) {
    order.push(chooseSlot(state, both, 'restart'));
    giveUp(state, THREW);
  }
  assert.deepEqual(order, [0, 0, 0, 1]);
});

test('a damaged image on trial is not started', () => {
  const state = proved(1);
  assert.equal(chooseSlot(state, only(0), 'restart'), 0);
  assert.equal(state.loss, UNFIT);
});

test('a damaged image at home makes way for the other at once', () => {
  assert.equal(chooseSlot(proved(), only(1), 'power on'), 1);
});

test('a trial that failed is not started again by itself, on any chip', () => {
  const state = proved(1);
  starts(state, both, 'unknown', 3);
  assert.deepEqual(new Set(starts(state, both, 'unknown', TOLERANT_STARTS)), new Set([0]));
  assert.equal(chooseSlot(state, both, 'unknown'), -1);
});

test('after safe mode both slots have their starts again', () => {
  const state = proved();
  starts(state, both, 'exception', 7);
  forgive(state);
  assert.deepEqual(starts(state, both, 'exception', 7), [1, 1, 1, 0, 0, 0, -1]);
});

test('the journal says why a slot was left', () => {
  const state = proved(1);
  chooseSlot(state, both, 'restart');
  chooseSlot(state, both, 'soft wdt');
  assert.equal(state.loss, CRASHED);
  chooseSlot(state, both, 'restart');
  assert.equal(state.loss, SILENT);
  assert.equal(lossText(state.loss), 'was never confirmed');
});

const anyState = fc.record({
  home: fc.constantFrom<Slot>(0, 1), trial: fc.constantFrom<0 | 1>(0, 1), open: fc.constantFrom<0 | 1>(0, 1),
  slot: fc.constantFrom<Slot>(0, 1), a: fc.integer({ min: 0, max: 7 }), b: fc.integer({ min: 0, max: 7 }),
  loss: fc.integer({ min: 0, max: 7 }),
});
const anyReason = fc.constantFrom('unknown', 'power on', 'restart', 'soft wdt', 'exception', 'wdt reset', '');

test('any state fits its sixteen bits', () => {
  fc.assert(fc.property(anyState, (state) => assert.deepEqual(unpackState(packState(state)), { ...state })));
});

test('whatever the journal said, what is chosen may run and is written down', () => {
  fc.assert(fc.property(anyState, anyReason, fc.integer({ min: 0, max: 3 }), (state, reason, fit) => {
    const slot = chooseSlot(state, fit, reason);
    assert.ok(slot === -1 || (fit >> slot & 1) === 1);
    if (slot >= 0) assert.deepEqual([state.open, state.slot], [1, slot]);
    assert.deepEqual(unpackState(packState(state)), { ...state });
  }));
});

test('whatever the journal said, a good image is reached within the starts of both slots', () => {
  fc.assert(fc.property(anyState, fc.constantFrom<Slot>(0, 1), (state, good) => {
    forgive(state);
    for (let i = 0; i < 2 * TOLERANT_STARTS + STARTS; i++) {
      if (chooseSlot(state, both, 'unknown') === good) return;
    }
    assert.fail('never started');
  }));
});
