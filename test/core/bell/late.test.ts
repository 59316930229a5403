import assert from 'node:assert/strict';
import test from 'node:test';
import { isStale } from '../../../firmware/core/bell/late.ts';
import { UNKNOWN_AGE } from '../../../firmware/core/mqtt/owner.ts';
import { ringOf } from '../../support/bench-ringer.ts';

const NOW = 1_790_000_000;

/** What is known of a ring and of the bell's clock; all of it is fresh unless a test says otherwise. */
interface Known {
  at?: number;
  ttl?: number;
  waited?: number;
  now?: number;
}

/** Whether a bell with a limit of 30 s would call the ring stale. */
function stale({ at = 0, ttl = 0, waited = 0, now = NOW }: Known): boolean {
  return isStale(ringOf([200], { at, ttl }), waited, now, 30);
}

test('rings what comes straight from its sender', () => {
  assert.equal(stale({}), false);
  assert.equal(stale({ now: 0 }), false);
});

test('judges a ring without a time by the length of the outage', () => {
  assert.deepEqual([29, 30, 31, 600].map((waited) => stale({ waited })), [false, false, true, true]);
});

test('judges a ring with a time by its age', () => {
  assert.deepEqual([0, 30, 31, 3600].map((age) => stale({ at: NOW - age })), [false, false, true, true]);
});

test('believes the time of a ring more than the length of the outage', () => {
  assert.equal(stale({ at: NOW - 10, waited: 600 }), false);
  assert.equal(stale({ at: NOW - 40, waited: 5 }), true);
});

test('prefers the limit that the ring brings', () => {
  assert.equal(stale({ at: NOW - 10, ttl: 5 }), true);
  assert.equal(stale({ at: NOW - 100, ttl: 120 }), false);
  assert.equal(stale({ waited: 100, ttl: 120 }), false);
  assert.equal(stale({ waited: 10, ttl: 5 }), true);
});

test('goes by the outage while the clock is not set', () => {
  assert.equal(stale({ at: NOW - 3600, now: 0 }), false);
  assert.equal(stale({ at: NOW - 3600, now: 0, waited: 31 }), true);
  assert.equal(stale({ at: NOW, now: 0, waited: 31 }), true);
});

test('allows a sender whose clock is 5 s ahead, and no more', () => {
  assert.equal(stale({ at: NOW + 5 }), false);
  assert.equal(stale({ at: NOW + 6 }), true);
});

test('takes milliseconds for a time that has not come yet', () => {
  assert.equal(stale({ at: NOW * 1000 }), true);
});

test('rings nothing that waited for longer than anybody knows', () => {
  assert.equal(stale({ waited: UNKNOWN_AGE }), true);
  assert.equal(stale({ waited: UNKNOWN_AGE, ttl: 86_400 }), true);
  assert.equal(stale({ waited: UNKNOWN_AGE + 5000, at: NOW }), true);
});
