import assert from 'node:assert/strict';
import { test } from 'node:test';
import { followUpdate } from '../../workshop/follow-update.ts';
import type { Sign } from '../../workshop/follow-update.ts';
import type { UpdateView } from '../../workshop/messages.ts';

const IMAGE = '2c97089884991d41';
const order = (serial = 7, version = '1.0.1'): Sign => ({
  sign: 'order', order: { serial, do: 'run', image: IMAGE, version, of: 48 },
});
const chunk = (n: number, image = IMAGE): Sign => ({ sign: 'chunk', image, n });
const says = (state: 'receiving' | 'trial' | 'confirmed' | 'rolled back' | 'refused', more = {}): Sign => ({
  sign: 'report', report: { state, serial: 7, version: '1.0.1', runs: '1.0.0', ...more },
});
const START: Sign = { sign: 'start' };
const info = (version: string, reason = 'restart'): Sign => ({ sign: 'info', version, reason });

/** The view after these signs. */
function after(...signs: Sign[]): UpdateView {
  return signs.reduce<UpdateView | undefined>(followUpdate, undefined)!;
}

test('a manifest begins an update, and the same one that comes again changes nothing', () => {
  const asked = after(order());
  assert.deepEqual([asked.phase, asked.version, asked.of, asked.have], ['asked', '1.0.1', 48, 0]);
  assert.equal(followUpdate(asked, order()), asked);
  assert.equal(followUpdate(asked, order(8, '1.0.2'))?.version, '1.0.2');
});

test('each chunk on the wire moves the bar, up to the one with number 0, which comes last', () => {
  assert.deepEqual([1, 2, 3].map((n) => after(order(), ...[1, 2, 3].slice(0, n).map((m) => chunk(m))).have), [1, 2, 3]);
  assert.equal(after(order(), chunk(47), chunk(0)).have, 48);
});

test('what is in flash already is not asked for: the first chunk after a power cut tells how many there are', () => {
  const view = after(order(), chunk(1), START, chunk(17));
  assert.deepEqual([view.phase, view.have], ['receiving', 17]);
});

test('chunks of another image, numbers that no chunk has, and chunks out of season change nothing', () => {
  const view = after(order(), chunk(5));
  for (const sign of [chunk(6, 'ffffffffffffffff'), chunk(49), chunk(4)]) assert.equal(followUpdate(view, sign), view);
  const trial = after(order(), says('trial'));
  assert.equal(followUpdate(trial, chunk(6)), trial);
});

test('what the device reports counts, and the wire may be ahead of it', () => {
  assert.equal(after(order(), chunk(12), says('receiving', { have: 8, of: 48 })).have, 12);
  assert.equal(after(order(), chunk(12), says('receiving', { have: 16, of: 48 })).have, 16);
});

test('a trial that is confirmed', () => {
  const trial = after(order(), says('trial'), info('1.0.0'));
  assert.deepEqual([trial.phase, trial.starts, trial.have], ['trial', 0, 48]);
  const online = followUpdate(followUpdate(trial, START), info('1.0.1'))!;
  assert.deepEqual([online.phase, online.starts, online.online], ['trial', 1, true]);
  assert.equal(followUpdate(online, info('1.0.1')), online);
  const kept = followUpdate(online, says('confirmed', { runs: '1.0.1' }))!;
  assert.deepEqual([kept.phase, kept.runs], ['confirmed', '1.0.1']);
});

test('a device on trial that comes online with another version has gone back, and why is in its info', () => {
  const view = after(order(), says('trial'), START, START, info('1.0.0', 'soft wdt; slot b crashed or hung'));
  assert.deepEqual([view.phase, view.runs, view.reason], ['went back', '1.0.0', 'slot b crashed or hung']);
  const told = followUpdate(view, says('rolled back', { reason: 'crashed or hung' }))!;
  assert.deepEqual([told.phase, told.runs, told.reason], ['rolled back', '1.0.0', 'crashed or hung']);
});

test('starts are counted from the beginning of a trial, and an image that came online may start once more', () => {
  const view = after(order(), START, says('trial'), START, info('1.0.1'), START);
  assert.deepEqual([view.starts, view.online], [2, false]);
});

test('a report about an older manifest changes nothing; a refusal may be about none', () => {
  const view = after(order());
  assert.equal(followUpdate(view, says('confirmed', { serial: 6 })), view);
  const refused = followUpdate(view, says('refused', { serial: undefined, reason: 'wrong key' }))!;
  assert.deepEqual([refused.phase, refused.reason], ['refused', 'wrong key']);
});

test('a report without a manifest that was seen is shown all the same', () => {
  const view = after(says('rolled back', { reason: 'was never confirmed' }));
  assert.deepEqual([view.phase, view.version, view.of], ['rolled back', '1.0.1', 0]);
});

test('without an update, nothing that a device does is one', () => {
  for (const sign of [START, info('1.0.0'), chunk(1)]) assert.equal(followUpdate(undefined, sign), undefined);
});
