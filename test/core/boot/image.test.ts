import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { HEADER, imageFault, makeHeader, parseHeader, slotOffset } from '../../../firmware/core/boot/image.ts';
import { SLOTS, UNIT } from '../../../firmware/core/layout.ts';
import { crc } from '../../support/crc.ts';
import { FakeStore } from '../../support/fake-store.ts';

const CODE = 'boot.ok()';

/** A store with slots of one unit, and `CODE` in slot a; `change` alters what its header says. */
function bench(change: object = {}): FakeStore {
  const store = new FakeStore(SLOTS + 2);
  const image = { version: '1.0.0', board: 'd1-mini', size: CODE.length, crc: crc(CODE), ...change };
  const bytes = Buffer.from(makeHeader(image) + CODE, 'latin1');
  bytes.copy(store.bytes, slotOffset(0, 1));
  return store;
}

const fault = (store: FakeStore) => imageFault(store, crc, 0, 1, 'd1-mini');

test('a header is 128 bytes of readable text', () => {
  const header = makeHeader({ version: '1.0.0', board: 'd1-mini', size: 20, crc: -1 });
  assert.equal(header.length, HEADER);
  assert.equal(header.trimEnd(), '{"bell":1,"version":"1.0.0","board":"d1-mini","size":20,"crc":4294967295}');
  assert.equal(header.at(-1), '\n');
});

test('a header says what it was made of', () => {
  fc.assert(fc.property(fc.nat(), fc.nat(), (size, sum) => {
    const image = { version: '10.20.30', board: 'esp32-devkit', size, crc: sum };
    assert.deepEqual(parseHeader(makeHeader(image)), { bell: 1, ...image });
  }));
});

test('a header that cannot hold its image is refused when it is made', () => {
  assert.throws(() => makeHeader({ version: '1'.repeat(90), board: 'd1-mini', size: 1, crc: 1 }), /no room/);
});

test('anything else is no header', () => {
  fc.assert(fc.property(fc.string(), (text) => {
    assert.equal(parseHeader(text), undefined);
    assert.equal(parseHeader('{"bell":1,' + text), undefined);
  }));
});

test('a whole image may run', () => assert.equal(fault(bench()), ''));

test('a changed byte of code is damage', () => {
  const store = bench();
  store.bytes[slotOffset(0, 1) + HEADER + 5] = 0;
  assert.equal(fault(store), 'is damaged');
});

test('an image of another board must not run', () => {
  assert.equal(fault(bench({ board: 'nodemcu' })), 'is for another board');
});

for (const size of [0, -1, UNIT - HEADER + 1, 1e9, 0.5]) {
  test(`a size of ${size} bytes is damage`, () => assert.equal(fault(bench({ size })), 'is damaged'));
}

test('an erased slot is empty', () => assert.equal(imageFault(bench(), crc, 1, 1, 'd1-mini'), 'is empty'));
