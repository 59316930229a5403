import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { isTopicFilter, isTopicName, isUtf8 } from '../../../firmware/core/mqtt/topic.ts';
import { hex, utf8 } from '../../support/packets.ts';

/** What Node says of the same bytes, plus MQTT's own rule about U+0000. */
function nodeSaysUtf8(bytes: string): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(bytes, 'latin1'));
    return !text.includes('\0');
  } catch {
    return false;
  }
}

test('[MQTT-1.5.3-1] refuses ill-formed UTF-8, surrogates among it', () => {
  const bad = [
    '80', // a continuation byte first
    'c3', // cut short
    'c0 80', // overlong U+0000
    'c1 bf', // overlong U+007F
    'e0 80 af', // overlong "/"
    'e2 82', // cut short
    'ed a0 80', // U+D800
    'ed bf bf', // U+DFFF
    'f0 80 80 af', // overlong "/"
    'f4 90 80 80', // above U+10FFFF
    'f5 80 80 80',
    'ff',
    'c3 28', // no continuation byte
  ];
  bad.forEach((bytes) => assert.equal(isUtf8(hex(bytes)), false, bytes));
});

test('[MQTT-1.5.3-2] refuses U+0000', () => {
  assert.equal(isUtf8('a\0b'), false);
  assert.equal(isTopicName('a\0b'), false);
});

test('[MQTT-1.5.3-3] takes EF BB BF as a character like any other', () => {
  assert.equal(isUtf8(hex('ef bb bf')), true);
  assert.equal(isTopicName(hex('ef bb bf')), true);
});

test('takes every character of Unicode', () => {
  ['A', '\x7f', '\u0080', '\u07ff', '\u0800', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{10ffff}'].forEach((text) =>
    assert.equal(isUtf8(utf8(text)), true, escape(text)),
  );
});

test('agrees with Node on any bytes', () => {
  const bytes = fc.uint8Array({ maxLength: 12 }).map((found) => Buffer.from(found).toString('latin1'));
  const nearly = fc.string({ unit: 'binary' }).map(utf8);
  fc.assert(fc.property(fc.oneof(bytes, nearly), (found) => isUtf8(found) === nodeSaysUtf8(found)), { numRuns: 2000 });
});

test('[MQTT-3.3.2-2] [MQTT-4.7.1-1] refuses a topic name with a wildcard', () => {
  ['#', '+', 'a/#', 'a/+/b', 'a+b', 'a#'].forEach((name) => assert.equal(isTopicName(name), false, name));
});

test('[MQTT-4.7.3-1] refuses an empty topic name', () => {
  assert.equal(isTopicName(''), false);
});

test('[MQTT-4.7.3-3] takes a topic name of 65535 bytes and none that is longer', () => {
  assert.equal(isTopicName('x'.repeat(65_535)), true);
  assert.equal(isTopicName('x'.repeat(65_536)), false);
});

test('[MQTT-4.7.3-2] refuses U+0000 wherever it stands in a topic name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (before, after) => {
      assert.equal(isTopicName(utf8(before) + '\0' + utf8(after)), false);
    }),
  );
});

test('takes what section 4.7.3 allows: slashes anywhere, spaces, case, a dollar', () => {
  ['/', '/finance', 'a//b', 'a/', 'Accounts payable', '$SYS/x', 'é'].forEach((name) =>
    assert.equal(isTopicName(utf8(name)), true, name),
  );
});

test('[MQTT-4.7.1-2] takes # in a filter only as its whole last level', () => {
  ['#', 'a/#', '/#', 'a/+/#', '+/#'].forEach((filter) => assert.equal(isTopicFilter(filter), true, filter));
  ['a#', 'a/#/b', '#/', '##', 'a/b#', '#a'].forEach((filter) => assert.equal(isTopicFilter(filter), false, filter));
});

test('[MQTT-4.7.1-3] takes + in a filter only as a whole level', () => {
  ['+', '+/a', 'a/+/b', '/+', '+/+', 'a/+'].forEach((filter) => assert.equal(isTopicFilter(filter), true, filter));
  ['a+', 'a/b+', '+a/b', '++', 'a/+b/c'].forEach((filter) => assert.equal(isTopicFilter(filter), false, filter));
});

test('refuses a filter that is empty, too long or not UTF-8', () => {
  const bad = ['', 'x'.repeat(65_536), 'a\0', hex('ff'), hex('61 2f ed a0 80')];
  assert.deepEqual(bad.filter(isTopicFilter), []);
  assert.equal(isTopicFilter('x'.repeat(65_535)), true);
});

test('takes every topic name as a filter', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }).map(utf8), (name) => !isTopicName(name) || isTopicFilter(name)),
  );
});
