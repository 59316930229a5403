import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultId, patternNamed } from '../../../firmware/core/settings/public.ts';
import { settings, shown } from '../../support/settings.ts';

test('the default id is the end of the serial number', () => {
  assert.equal(defaultId('5ccf7fa1-b2c3'), 'bell-a1b2c3');
  assert.equal(defaultId('24:6F:28:AB:CD:EF'), 'bell-abcdef');
});

test('what leaves the device has no secret in it', () => {
  const all = settings(`{"id":"front","wifi":[{"ssid":"school","password":"s3cret-1"}],
    "mqtt":{"host":"h","username":"s3cret-2","password":"s3cret-3"},
    "update":{"key":"5ec3e7"},"portal":{"password":"s3cret-4","afterS":60}}`);
  const open = shown(all);
  assert.doesNotMatch(JSON.stringify(open), /s3cret|5ec3e7/);
  assert.deepEqual(open.wifi, ['school']);
  assert.deepEqual(open.ring, all.ring);
  assert.deepEqual(open.portal, { afterS: 60 });
});

test('a pattern is found by name, and what every object has is none', () => {
  const all = settings('{"ring":{"patterns":{"door":"100,100,100"}}}');
  assert.equal(patternNamed(all.ring.patterns, 'door'), '100,100,100');
  for (const name of ['on', 'emit', 'clone', 'toString', '__proto__', 'constructor', '']) {
    assert.equal(patternNamed(all.ring.patterns, name), '');
  }
});
