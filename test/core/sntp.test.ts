import assert from 'node:assert/strict';
import test from 'node:test';
import { timeQuestion, unixTime } from '../../firmware/core/sntp.ts';
import { timeAnswer } from '../support/time-server.ts';
import type { Oddity } from '../support/time-server.ts';

const TOKEN = '12345678';
const NOW = 1_790_000_000;

/** What comes of an answer to our question. */
function understood(odd: Oddity = {}, seconds = NOW, cut = 48): number {
  const question = Buffer.from(timeQuestion(TOKEN), 'latin1');
  return unixTime(timeAnswer(question, seconds, odd).subarray(0, cut).toString('latin1'), TOKEN);
}

test('asks in 48 bytes, as a client of version 3', () => {
  const question = Buffer.from(timeQuestion(TOKEN), 'latin1');
  assert.equal(question.length, 48);
  assert.deepEqual([question[0]! >> 3 & 7, question[0]! & 7], [3, 3]);
});

test('takes the second in which the server has answered', () => {
  assert.equal(understood(), NOW);
  assert.equal(understood({ stratum: 15 }), NOW);
});

test('goes on where the seconds of NTP begin anew in 2036', () => {
  const turn = Date.UTC(2036, 1, 7, 6, 28, 16) / 1000;
  for (const seconds of [turn - 1, turn + 1, turn + 86_400]) assert.equal(understood({}, seconds), seconds);
});

const refused: [string, Oddity][] = [
  ['tells it to go away', { stratum: 0 }],
  ['has no second', { transmit: 0 }],
  ['knows no time itself', { flags: 0xE4 }],
  ['is too far from any clock', { stratum: 16 }],
  ['is a client', { flags: 0x23 }],
  ['calls to everybody', { flags: 0x25 }],
  ['answers another question', { originate: '87654321' }],
  ['answers none', { originate: '\0'.repeat(8) }],
];
for (const [who, odd] of refused) test(`believes nobody who ${who}`, () => { assert.equal(understood(odd), 0); });

test('believes nothing that is cut short', () => {
  for (const cut of [0, 1, 31, 32, 40, 47]) assert.equal(understood({}, NOW, cut), 0);
});
