import assert from 'node:assert/strict';
import test from 'node:test';
import { createAttempts } from '../../firmware/core/attempts.ts';
import type { Attempts } from '../../firmware/core/attempts.ts';
import { settings } from '../support/settings.ts';

const HOUR = 3600;

/** The seconds, of so many, in which it is time to connect. */
function due(attempts: Attempts, seconds: number): number[] {
  const found: number[] = [];
  for (let second = 1; second <= seconds; second++) if (attempts.isDue()) found.push(second);
  return found;
}

/** Those of a device whose access point opens after ten minutes. */
function made(): Attempts {
  const { portal } = settings('{"portal":{"afterS":600}}');
  return createAttempts((() => portal) as Parameters<typeof createAttempts>[0]);
}

function ready(): Attempts {
  const attempts = made();
  attempts.broker(1);
  attempts.network(1);
  return attempts;
}

test('connects a second after there is a network and a broker, and once', () => {
  const attempts = made();
  assert.deepEqual(due(attempts, 10), []);
  attempts.broker(1);
  assert.deepEqual(due(attempts, 10), []);
  attempts.network(1);
  assert.deepEqual(due(attempts, 10), [1]);
});

test('waits longer after each failure, and starts afresh with a new network', (t) => {
  t.mock.method(Math, 'random', () => 0.999);
  const attempts = ready();
  const waits = Array.from({ length: 7 }, () => {
    attempts.failed(false, 0);
    return due(attempts, 100)[0];
  });
  assert.deepEqual(waits, [2, 4, 8, 16, 32, 60, 60]);
  attempts.failed(false, 0);
  attempts.network(1);
  assert.deepEqual(due(attempts, 10), [1]);
});

test('waits five times as long as a dialling stood still, and two minutes at the most', () => {
  const attempts = ready();
  attempts.failed(false, 18);
  assert.deepEqual(due(attempts, 200), [90]);
  attempts.failed(false, 60);
  assert.deepEqual(due(attempts, 200), [120]);
});

test('is hopeless after an hour without a session; without a network, after the access point had its turn', () => {
  const attempts = ready();
  const pass = (seconds: number, online: 0 | 1): void => {
    for (let i = 0; i < seconds; i++) attempts.tick(online);
  };
  pass(HOUR - 1, 0);
  assert.equal(attempts.isHopeless(), false);
  pass(1, 0);
  assert.equal(attempts.isHopeless(), true);
  attempts.network(0);
  assert.equal(attempts.isHopeless(), false);
  pass(600, 0);
  assert.equal(attempts.isHopeless(), true);
  pass(1, 1);
  assert.equal(attempts.isHopeless(), false);
});
