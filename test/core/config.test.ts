import assert from 'node:assert/strict';
import { test } from 'node:test';
import { REMOTE, SECRET, longestPassword, rules } from '../../firmware/core/config.ts';
import { fits } from '../../firmware/core/settings/check.ts';
import { limits, settings } from '../support/settings.ts';

/** Paths of all settings that `flags` are set for. */
function paths(flags = 0): string[] {
  const found: string[] = [];
  rules((section, name, _kind, _default, _min, _max, own) => {
    if ((own & flags) === flags) found.push(section ? `${section}.${name}` : name);
  }, limits);
  return found;
}

test('every default is allowed by its own rule', () => {
  rules((section, name, kind, byDefault, min, max) => {
    assert.ok(fits(kind, byDefault, min, max), `${section}.${name}`);
  }, limits);
});

test('the defaults are those of the documents', () => {
  assert.deepEqual(settings(), {
    version: 1, id: '', groups: [], prefix: 'bell', led: true, muted: false, statsS: 300, wifi: [],
    mqtt: {
      host: '', port: 1883, username: '', password: '', clientId: '', keepAlive: 60, cleanSession: false, qos: 1,
      tls: false,
    },
    ring: { pattern: '200', patterns: {}, during: 'refuse', ttl: 30, needsAt: false },
    guard: { strokeMs: 1000, heatMs: 10000, windowS: 60, lockoutMs: 500 },
    button: { pattern: '', rings: [] },
    time: { server: '' },
    update: { key: '' },
    portal: { password: '', afterS: 600 },
  });
});

test('nothing that could lock the owner out, and no secret, can be changed remotely', () => {
  for (const path of paths(REMOTE)) assert.doesNotMatch(path, /^(id|prefix|wifi|mqtt|update)/);
  assert.deepEqual(paths(REMOTE).filter((path) => paths(SECRET).includes(path)), []);
});

test('the secrets are the networks, the user name, the password and the key', () => {
  assert.deepEqual(paths(SECRET), ['wifi', 'mqtt.username', 'mqtt.password', 'update.key', 'portal.password']);
});

test('a token of 1 KB fits on an ESP8266, and one of 4 KB elsewhere', () => {
  assert.deepEqual(['esp8266', 'esp32', 'linux'].map(longestPassword), [1024, 4096, 4096]);
});
