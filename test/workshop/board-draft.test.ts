import assert from 'node:assert/strict';
import { test } from 'node:test';
import d1Mini from '../../boards/d1-mini.ts';
import { draftOf, readDraft, type Draft } from '../../workshop/page/board/draft.ts';
import { Memory } from '../../workshop/page/board/memory.ts';

const typed = (changed: Partial<Draft> = {}): Draft => ({
  ...draftOf(), wifi: [{ ssid: 'school', password: 'correct horse' }], host: '10.0.0.1', ...changed,
});

function errorsOf(draft: Draft): Record<string, string> {
  const read = readDraft(draft, d1Mini);
  assert.ok('errors' in read);
  return Object.fromEntries(read.errors.map(({ field, text }) => [field, text]));
}

test('what is typed becomes settings, and what is left empty gets its default', () => {
  const read = readDraft(typed({ id: ' front ', port: '1884' }), d1Mini);
  assert.ok('settings' in read);
  const { id, wifi, mqtt, ring } = read.settings;
  assert.deepEqual([id, wifi, mqtt.host, mqtt.port, ring.pattern], [
    'front', [{ ssid: 'school', password: 'correct horse' }], '10.0.0.1', 1884, '200',
  ]);
});

test('what is wrong is said at its field: the setting, its value and what is allowed', () => {
  const wifi = [{ ssid: '', password: '' }, { ssid: 'school', password: 'short' }];
  const errors = errorsOf(typed({ id: 'Front', port: 'mqtt', key: 'f00', host: 'mqtt://10.0.0.1', wifi }));
  assert.deepEqual(Object.keys(errors).sort(), ['host', 'id', 'port', 'wifi1']);
  assert.match(errors.port!, /^mqtt\.port is "mqtt": must be a whole number from 1 to 65535\.$/);
  assert.match(errors.host!, /take the protocol away/);
  assert.doesNotMatch(errors.wifi1!, /short/);
  assert.match(errorsOf(typed({ key: 'f00' })).key!, /^update\.key: must be 64 of 0-9 and a-f/);
  assert.match(errorsOf(typed({ host: '' })).host!, /^mqtt\.host: is missing/);
  assert.match(errorsOf(typed({ wifi: [{ ssid: '', password: '' }] })).wifi0!, /^wifi: is missing/);
  assert.match(errorsOf(typed({ password: 'secret' })).password!, /needs mqtt\.username/);
});

test('a file of settings keeps what the form does not show', () => {
  const draft = draftOf({ wifi: [{ ssid: 'school' }], mqtt: { host: '10.0.0.1', keepAlive: 30 }, ring: { ttl: 60 } });
  const read = readDraft({ ...draft, id: 'front' }, d1Mini);
  assert.ok('settings' in read);
  assert.deepEqual([read.settings.mqtt.keepAlive, read.settings.ring.ttl, read.settings.id], [30, 60, 'front']);
  assert.match(Object.values(errorsOf(draftOf({ ...draft.rest, ring: { tll: 60 } }))).join(), /did you mean ring\.ttl/);
  assert.deepEqual(draftOf('nonsense'), draftOf());
});

test('the next device is offered network and broker of the last one, and nothing that is its own', () => {
  const memory = new Memory();
  const first = memory.draftFor();
  Object.assign(first, typed({ id: 'front', key: 'f'.repeat(64), rest: { groups: ['house'] } }));
  const { id, key, rest, host, wifi } = memory.draftFor();
  assert.deepEqual([id, key, rest, host, wifi[0]?.ssid], ['', '', {}, '10.0.0.1', 'school']);
});
