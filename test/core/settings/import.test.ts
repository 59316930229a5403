import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SLOTS } from '../../../firmware/core/layout.ts';
import { importSettings } from '../../../firmware/core/settings/import.ts';
import { FakeStore, PowerCut } from '../../support/fake-store.ts';
import { limits, load, save, settings } from '../../support/settings.ts';

/** A device with settings of its own. */
function bench(): FakeStore {
  const store = new FakeStore(SLOTS);
  save(store, settings('{"id":"old"}'));
  return store;
}

const take = (store: FakeStore, text: string) => {
  const taken = importSettings(text, limits);
  return typeof taken === 'string' ? taken : save(store, taken);
};

test('a file becomes the settings', () => {
  const store = bench();
  assert.equal(take(store, '{"id":"new","mqtt":{"host":"h"}}'), '');
  assert.deepEqual(load(store), settings('{"id":"new","mqtt":{"host":"h"}}'));
});

test('the file of the first sketch becomes the settings', () => {
  const store = bench();
  assert.equal(take(store, '{"ssid":"s","password":"12345678","host":"h"}'), '');
  assert.equal(load(store).wifi[0]?.ssid, 's');
});

const bad: [string, string][] = [
  ['', 'bell.json is not JSON'],
  ['{"id":', 'bell.json is not JSON'],
  ['null', 'bell.json is not JSON'],
  ['7', 'bell.json: mqtt.host is missing'],
  ['[]', 'bell.json: mqtt.host is missing'],
  ['{"mqtt":{}}', 'bell.json: mqtt.host is missing'],
  ['{"id":"Front","mqtt":{"host":"h"}}', 'bell.json: id must be a name: 0 to 32 of a-z, 0-9 and -'],
  ['{"version":2,"mqtt":{"host":"h"}}', 'bell.json was made for a newer firmware'],
  ['['.repeat(50), 'bell.json is too long'],
  [' '.repeat(9000), 'bell.json is too long'],
];
for (const [text, reason] of bad) {
  test(`${text.slice(0, 40)} is refused: ${reason}`, () => {
    const store = bench();
    assert.equal(take(store, text), reason);
    assert.equal(load(store).id, 'old');
  });
}

test('a reason never says a secret', () => {
  const reason = take(bench(), '{"mqtt":{"host":"h","password":["s3cret"]},"wifi":[{"ssid":"a","password":"s3cret"}]}');
  assert.match(reason, /wifi/);
  assert.doesNotMatch(reason, /s3cret/);
});

test('a power cut at any write of an import leaves the old or the new settings', () => {
  for (let cut = 0; cut < 40; cut++) {
    const store = bench();
    store.cutAfter(cut, 0.5);
    try {
      take(store, '{"id":"new","mqtt":{"host":"h"}}');
    } catch (error) {
      assert.ok(error instanceof PowerCut, String(error));
    }
    store.restart();
    assert.ok(['old', 'new'].includes(load(store).id));
  }
});

test('any file at all is taken or refused, never an error', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
    assert.equal(typeof take(bench(), text.replace(/[^\x00-\xff]/g, '?')), 'string');
  }));
});
