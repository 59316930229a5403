import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { rules } from '../../../firmware/core/config.ts';
import { fits } from '../../../firmware/core/settings/check.ts';
import { COPY_HEADER, copyHeader, copyStart } from '../../../firmware/core/copy.ts';
import { textsAsBytes } from '../../../firmware/core/settings/load.ts';
import { given } from '../../../firmware/core/settings/fill.ts';
import { SETTINGS, SETTINGS_UNITS, SLOTS } from '../../../firmware/core/layout.ts';
import { crc } from '../../support/crc.ts';
import { FakeStore } from '../../support/fake-store.ts';
import { limits, load, save, settings } from '../../support/settings.ts';

const bodyOf = (place: number) => copyStart(SETTINGS, SETTINGS_UNITS, place);

/** Puts any body into a place, with a header that vouches for it. */
function forge(store: FakeStore, place: number, count: number, body: string): void {
  store.bytes.write(copyHeader(crc, count, body) + body, bodyOf(place) - COPY_HEADER, 'latin1');
}

test('a device without settings has the defaults', () => {
  assert.deepEqual(load(new FakeStore(SLOTS)), settings());
});

test('a value that is not allowed gives way to its default, and the others stay', () => {
  const store = new FakeStore(SLOTS);
  forge(store, 0, 0, '{"version":1,"id":"front","statsS":-5,"ring":{"ttl":60,"during":7},"guard":"off"}');
  assert.deepEqual(load(store), settings('{"id":"front","ring":{"ttl":60}}'));
});

test('a damaged copy gives way to the older one', () => {
  const store = new FakeStore(SLOTS);
  save(store, settings('{"id":"old"}'));
  save(store, settings('{"id":"new"}'));
  assert.equal(load(store).id, 'new');
  store.bytes[bodyOf(1) + 20] = 0;
  assert.equal(load(store).id, 'old');
});

test('two damaged copies give way to the defaults', () => {
  const store = new FakeStore(SLOTS);
  save(store, settings('{"id":"old"}'));
  save(store, settings('{"id":"new"}'));
  store.bytes[bodyOf(0) - 11] = 0x55;
  store.bytes[bodyOf(1) - 7] = 0x55;
  assert.deepEqual(load(store), settings());
});

test('the first sketch stored network and broker side by side; they are found', () => {
  const store = new FakeStore(SLOTS);
  forge(store, 0, 0, '{"ssid":"school","password":"correct horse","host":"192.168.1.2"}');
  assert.deepEqual(load(store), settings(
    '{"wifi":[{"ssid":"school","password":"correct horse"}],"mqtt":{"host":"192.168.1.2"}}',
  ));
});

test('what a newer firmware stored is read for what it has in common', () => {
  const store = new FakeStore(SLOTS);
  forge(store, 0, 0, '{"version":2,"id":"front","mqtt":{"host":"h","ports":[1,2]},"colour":"red"}');
  const read = load(store);
  assert.deepEqual([read.version, read.id, read.mqtt.host, read.mqtt.port], [1, 'front', 'h', 1883]);
});

test('of two whole copies the one that was counted last is read, also where the count starts over', () => {
  for (const [older, newer] of [[0, 1], [0xfffe, 0xffff], [0xffff, 0], [0x7fff, 0x8000]] as const) {
    for (const place of [0, 1]) {
      const store = new FakeStore(SLOTS);
      forge(store, place, newer, '{"id":"new"}');
      forge(store, 1 - place, older, '{"id":"old"}');
      assert.equal(load(store).id, 'new');
    }
  }
});

test('texts are bytes', () => {
  const read = settings(String.raw`{"mqtt":{"password":"\u00ff"},
    "wifi":[{"ssid":"caf\u00c3\u00a9","password":"s\u00c3\u00a9same!"}]}`);
  assert.deepEqual(read.wifi, [{ ssid: 'caf\xc3\xa9', password: 's\xc3\xa9same!' }]);
  assert.equal(read.mqtt.password, '\xff');
  textsAsBytes(read);
  assert.equal(read.mqtt.password, '\xff');
});

test('whatever is in the flash, what is read keeps every limit', () => {
  const inside = fc.json({ maxDepth: 3 }).map((value) => `{"ring":${value},"guard":${value},"wifi":[${value}]}`);
  const json = fc.oneof(fc.json(), fc.string(), inside);
  fc.assert(fc.property(json, (text) => {
    const store = new FakeStore(SLOTS);
    const ascii = text.replace(/[^\x20-\x7e]/g, '?');
    forge(store, 1, 3, ascii);
    const read = load(store);
    rules((section, name, kind, _default, min, max) => {
      assert.ok(fits(kind, given(read, section, name), min, max), `${section}.${name}`);
    }, limits);
  }));
});
