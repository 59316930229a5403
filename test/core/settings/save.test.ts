import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { settingsUnit, SLOTS, UNIT } from '../../../firmware/core/layout.ts';
import { FakeStore, PowerCut } from '../../support/fake-store.ts';
import { body, load, save, settings } from '../../support/settings.ts';

/** A store that two changes went into; the last one left the id `now`. */
function bench(): FakeStore {
  const store = new FakeStore(SLOTS);
  save(store, settings('{"id":"before","mqtt":{"host":"a"}}'));
  save(store, settings('{"id":"now","mqtt":{"host":"b"}}'));
  return store;
}

test('what is stored is read again', () => {
  const store = new FakeStore(SLOTS);
  const changed = settings(String.raw`{"id":"front","groups":["ground"],"muted":true,"statsS":0,
    "wifi":[{"ssid":"a"},{"ssid":"caf\u00c3\u00a9","password":"12345678"}],
    "mqtt":{"host":"broker.local","password":"\"\\ \u0001 \u00fe"},
    "ring":{"patterns":{"on":"100,100,100","emit":"5"},"during":"queue"}}`);
  assert.equal(save(store, changed), '');
  assert.deepEqual(load(store), changed);
});

test('a body is plain JSON in the order of the rules, as long as flash wants it', () => {
  const store = bench();
  assert.match(body(store), /^{\n"id":"now",\n"groups":/);
  assert.equal(body(store).length % 4, 0);
  assert.equal(JSON.parse(body(store)).mqtt.host, 'b');
});

test('a text longer than a piece is stored as it is', () => {
  const store = bench();
  const password = '"\\\x01\xe9'.repeat(200);
  save(store, settings(JSON.stringify({ mqtt: { host: 'b', password } })));
  assert.equal(load(store).mqtt.password, password);
});

test('settings of any length are stored', () => {
  const store = new FakeStore(SLOTS);
  // The last texts of a body: between them they leave every rest that there can be when its end comes.
  for (let length = 0; length <= 63; length++) {
    for (let key = 0; key <= 64; key += 7) {
      const text = { update: { key: 'x'.repeat(key) }, portal: { password: 'y'.repeat(length) } };
      assert.equal(save(store, settings(JSON.stringify(text))), '', JSON.stringify(text));
      assert.equal(load(store).portal.password.length, length);
    }
  }
});

test('fields that nobody knows are not stored again', () => {
  const store = new FakeStore(SLOTS);
  save(store, settings('{"colour":"red","mqtt":{"ports":[1]}}'));
  assert.doesNotMatch(body(store), /colour|ports/);
});

test('copies are written in turn, and nothing else is touched', () => {
  const store = new FakeStore(SLOTS + 1);
  store.bytes.fill(0xaa, 0, 2 * UNIT);
  store.bytes.fill(0xaa, SLOTS * UNIT);
  for (let i = 0; i < 5; i++) save(store, settings(`{"statsS":${i}}`));
  assert.equal(load(store).statsS, 4);
  assert.ok(store.bytes.subarray(0, settingsUnit(0) * UNIT).every((byte) => byte === 0xaa));
  assert.ok(store.bytes.subarray(SLOTS * UNIT).every((byte) => byte === 0xaa));
});

test('settings that are stored already wear no flash', () => {
  const store = bench();
  const before = store.operations;
  assert.equal(save(store, settings('{"id":"now","mqtt":{"host":"b"}}')), '');
  assert.equal(store.operations, before);
});

test('the count of the copies starts over without losing the newest', () => {
  const store = new FakeStore(SLOTS);
  for (let i = 0; i < 0x10004; i++) {
    if (i % 97 && i < 0xfff0) continue;
    save(store, settings(`{"statsS":${i % 1000}}`));
    assert.equal(load(store).statsS, i % 1000);
  }
});

test('settings that do not fit are refused, and those of before stay', () => {
  const store = bench();
  const large = settings();
  large.mqtt.password = 'x'.repeat(2 * UNIT);
  assert.equal(save(store, large), 'the settings are too long');
  assert.equal(load(store).id, 'now');
});

test('a token of 4 KB fits', () => {
  const store = bench();
  const large = settings();
  large.mqtt.password = 'x'.repeat(4096);
  assert.equal(save(store, large), '');
});

test('flash that takes no more writes is reported', () => {
  const store = bench();
  store.wearOut();
  assert.equal(save(store, settings('{"id":"next"}')), 'the flash does not take the settings');
});

test('a power cut at any write or erase of a change leaves the settings of before or after it', () => {
  const operations = () => {
    const store = bench();
    const before = store.operations;
    save(store, settings('{"id":"next"}'));
    return store.operations - before;
  };
  for (let cut = 0; cut < operations(); cut++) {
    for (const done of [0, 0.3, 0.7, 1]) {
      const store = bench();
      store.cutAfter(cut, done);
      assert.throws(() => save(store, settings('{"id":"next"}')), PowerCut);
      store.restart();
      assert.ok(['now', 'next'].includes(load(store).id), `cut ${cut}, ${done} done`);
      assert.equal(save(store, settings('{"id":"after"}')), '');
      assert.equal(load(store).id, 'after');
    }
  }
});

test('changes with a power cut anywhere, over and over, never leave a device without settings', () => {
  const cut = fc.tuple(fc.nat(40), fc.float({ min: 0, max: 1, noNaN: true }));
  fc.assert(fc.property(fc.array(cut, { maxLength: 20 }), (cuts) => {
    const store = bench();
    let last = load(store).statsS;
    cuts.forEach(([cut, done], index) => {
      store.cutAfter(cut, done);
      try {
        save(store, settings(`{"id":"now","statsS":${index}}`));
      } catch (error) {
        assert.ok(error instanceof PowerCut, String(error));
      }
      store.restart();
      const read = load(store);
      assert.equal(read.id, 'now');
      assert.ok(read.statsS === last || read.statsS === index);
      last = read.statsS;
    });
  }), { numRuns: 30 });
});

test('whatever is in the place of a copy, a change is stored', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), fc.constantFrom(0, 1), (junk, place) => {
    const store = bench();
    store.bytes.set(junk, settingsUnit(place) * UNIT);
    assert.equal(save(store, settings('{"id":"next"}')), '');
    assert.equal(load(store).id, 'next');
  }), { numRuns: 50 });
});
