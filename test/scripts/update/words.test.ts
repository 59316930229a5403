import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Rollout, Standing, Target } from '../../../scripts/lib/update/rollout.ts';
import { progressOf, sentenceOf, shareOf, summaryOf, tableOf } from '../../../scripts/lib/update/words.ts';

function bell(id: string, standing: Standing, more: Partial<Target> = {}): Target {
  return {
    id, board: 'd1-mini', was: '1.2.0', standing, serial: 1, wrongKeys: 0, runs: '', reason: '', have: 0, of: 0,
    sentAt: 1000, heardAt: 0, endedAt: 0, ...more,
  };
}

function rollout(targets: Target[], more: Partial<Rollout> = {}): Rollout {
  return {
    do: 'run', name: 'all', version: '1.3.0', force: false, startedAt: 0, ends: [targets.length],
    limit: { percent: 2 }, stage: 0, state: 'done', targets, ...more,
  };
}

const say = (one: Target, more: Partial<Rollout> = {}) => sentenceOf(rollout([one], more), one);

test('success is one sentence with versions and time', () => {
  const done = bell('front', 'done', { runs: '1.3.0', endedAt: 32_400 });
  assert.equal(say(done), 'front runs 1.3.0 (was 1.2.0), confirmed after 31 s.');
  assert.equal(say(done, { do: 'key' }), 'front has a new key, after 31 s.');
});

test('each failure says why, what runs, and what to do', () => {
  assert.match(say(bell('front', 'refused', { reason: 'this device has no key' })),
    /^front refused it: this device has no key\. It still runs 1\.2\.0\. Put a key into its settings with bell key/);
  assert.match(say(bell('front', 'refused', { reason: 'replayed' })), /clock of this computer/);
  assert.equal(say(bell('front', 'failed', { reason: 'the flash does not take the image' })),
    'front failed: the flash does not take the image. It still runs 1.2.0.');
  assert.equal(say(bell('front', 'silent', { reason: 'after 8 of 40 chunks' })),
    'front fell silent after 8 of 40 chunks. It ran 1.2.0. If it is only off, it goes on when it returns.');
});

test('a roll-out that stopped says how many, of how many, and what goes on', () => {
  const targets = [bell('a', 'failed'), bell('b', 'done'), bell('c', 'planned'), bell('d', 'planned')];
  assert.equal(summaryOf(rollout(targets, { state: 'stopped', ends: [2, 4] })),
    'Stopped in stage 1 of 2: 1 of 2 failed or fell silent, more than 2% (0). 1 of 4 bells run 1.3.0; 2 were not '
    + 'asked. Go on all the same with bell update --resume.');
});

test('the bar moves forward only, and says what goes on', () => {
  const steps = [
    bell('front', 'planned'), bell('front', 'sent'), bell('front', 'receiving', { have: 8, of: 40 }),
    bell('front', 'receiving', { have: 40, of: 40 }), bell('front', 'trial'), bell('front', 'done'),
  ];
  const shares = steps.map((one) => shareOf(rollout([one])));
  assert.deepEqual(shares, [...shares].sort((a, b) => a - b));
  assert.equal(shares.at(-1), 1);
  assert.equal(progressOf(rollout([steps[2]!]), true), 'front: receiving, 8 of 40 chunks');
  assert.equal(progressOf(rollout([...steps.slice(2, 5), bell('x', 'silent')]), true),
    'stage 1 of 1, 4 bells: 1 failed or silent, 1 on trial, 2 receiving');
});

test('of a fleet, a log gets no line for each change', () => {
  const fleet = rollout(Array.from({ length: 500 }, (_, i) => bell(`bell-${i}`, 'sent')));
  assert.equal(progressOf(fleet, false), 'stage 1 of 1, 500 bells');
  assert.equal(progressOf(fleet, true), 'stage 1 of 1, 500 bells: 500 asked');
});

test('the table has a line for each bell, and for each that took no part', () => {
  const done = bell('front', 'done', { runs: '1.3.0', endedAt: 32_400 });
  const skipped = [{ id: 'back', board: 'linux', runs: '1.3.0', why: 'runs 1.3.0 already', isFine: true }];
  assert.equal(tableOf(rollout([done]), skipped), [
    'bell   board    was    runs   state        s',
    'front  d1-mini  1.2.0  1.3.0  confirmed   31',
    'back   linux    1.3.0  1.3.0  left alone      runs 1.3.0 already',
    '',
  ].join('\n'));
});
