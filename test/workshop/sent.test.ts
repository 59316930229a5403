import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeviceState } from '../../workshop/messages.ts';
import { afterRing, afterStop, sentInWords } from '../../workshop/page/sent.ts';

const device = (id: string, more: Partial<DeviceState> = {}): DeviceState => ({
  id, groups: ['house'], board: 'd1-mini', power: true, wifi: true,
  relay: { pin: 'D5', on: false, strokes: 0 }, status: 'online', speed: 1, ...more,
});

test('a ring to a device that is offline is said to be on its way', () => {
  const away = device('front', { status: 'offline' });
  const sent = afterRing({}, 'front', [away]);
  assert.match(sentInWords(sent, 'front', [away]), /^Sent; front is offline\./);
  assert.equal(sentInWords(sent, 'house', [away]), '', 'under the name that it was sent to');
  assert.equal(sentInWords(afterStop(sent, 'front'), 'front', [away]), '');
});

test('of a group those are named that cannot hear it, whether the broker knows it or not', () => {
  const all = [device('front', { wifi: false }), device('back', { power: false }), device('side')];
  assert.match(sentInWords(afterRing({}, 'house', all), 'house', all), /^Sent; front, back are offline\./);
});

test('the note goes when the device has answered, or is back', () => {
  const away = device('front', { status: 'offline', rang: { outcome: 'rung', at: 1 } });
  const sent = afterRing({}, 'front', [away]);
  assert.notEqual(sentInWords(sent, 'front', [away]), '');
  assert.equal(sentInWords(sent, 'front', [device('front')]), '');
  assert.equal(sentInWords(sent, 'front', [{ ...away, rang: { outcome: 'stale', at: 2 } }]), '');
});
