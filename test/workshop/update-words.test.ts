import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STATES } from '../../scripts/lib/update/status.ts';
import type { DeviceState, UpdateView } from '../../workshop/messages.ts';
import { imageInWords, isOver, updateInWords } from '../../workshop/page/update-words.ts';

const VIEW: UpdateView = {
  phase: 'receiving', serial: 7, do: 'run', image: '', version: '1.0.1', runs: '1.0.0', reason: '', have: 12, of: 48,
  starts: 0, online: false,
};
const device = (update: Partial<UpdateView> = {}, more: Partial<DeviceState> = {}): DeviceState => ({
  id: 'front', groups: [], board: 'd1-mini', power: true, wifi: true, relay: { pin: 'D5', on: false, strokes: 0 },
  status: 'online', speed: 1, update: { ...VIEW, ...update }, ...more,
});
const text = (update: Partial<UpdateView>) => updateInWords(device(update)).text;

test('an update is told from the manifest to its end', () => {
  assert.equal(text({ phase: 'asked' }), 'asked to run 1.0.1');
  assert.equal(text({}), 'receiving 1.0.1: 12 of 48 chunks');
  assert.equal(text({ phase: 'trial' }), 'on trial: 1.0.1 is all there, and it restarts into it');
  assert.equal(text({ phase: 'trial', starts: 2 }), 'on trial: 1.0.1, start 2 of at most 3');
  assert.match(text({ phase: 'trial', starts: 1, online: true }), /1\.0\.1 is online, and is kept when/);
  assert.equal(text({ phase: 'confirmed', runs: '1.0.1' }), 'confirmed: it runs 1.0.1');
});

test('a roll-back says what runs again, and why', () => {
  const reason = 'slot b crashed or hung';
  assert.equal(text({ phase: 'went back', reason }), 'went back to 1.0.0, because slot b crashed or hung');
  const told = text({ phase: 'rolled back', reason: 'crashed or hung' });
  assert.equal(told, 'rolled back to 1.0.0, because 1.0.1 crashed or hung');
});

test('a refusal says why, and what still runs', () => {
  assert.equal(text({ phase: 'refused', reason: 'wrong key' }), 'refused: wrong key. It still runs 1.0.0.');
});

test('a countdown says what happens at its end', () => {
  const note = (update: Partial<UpdateView>, dueMs: number) => updateInWords(device(update), dueMs).note;
  assert.equal(note({ phase: 'trial', starts: 1 }, 90_100), 'Unless it comes online, the loader restarts it in 1:31.');
  assert.match(note({ phase: 'asked' }, 5000)!, /takes updates when it has run for a minute: in 0:05\.$/);
  assert.match(note({ phase: 'went back' }, 60_000)!, /in 1:00\.$/);
  assert.equal(note({ phase: 'confirmed' }, 60_000), undefined);
  assert.equal(note({}, 0), undefined);
});

test('an update without power waits for it; one that has ended does not', () => {
  const off = { power: false };
  assert.match(updateInWords(device({}, off)).note!, /when it has power again/);
  assert.equal(updateInWords(device({ phase: 'rolled back' }, off)).note, undefined);
});

test('every state that a device reports has words', () => {
  for (const phase of STATES) assert.ok(text({ phase, reason: 'why' }).length > 5, phase);
  assert.deepEqual(STATES.filter((phase) => !isOver({ ...VIEW, phase })), ['receiving', 'trial']);
});

test('version and slot are shown as the device has told them', () => {
  assert.equal(imageInWords(device({}, { info: { version: '1.0.1', slot: 1 } })), '1.0.1, slot b');
  assert.equal(imageInWords(device({}, { info: { mode: 'safe mode', version: '1.0.0' } })), '1.0.0');
  assert.equal(imageInWords(device()), '');
});
