import assert from 'node:assert/strict';
import test from 'node:test';
import { readValue } from '../../../scripts/lib/console/read-value.ts';

test('reads numbers, lists and nothing', () => {
  assert.equal(readValue('1.5'), 1.5);
  assert.deepEqual(readValue('["5ccf7f123456",1200]'), ['5ccf7f123456', 1200]);
  assert.equal(readValue('undefined'), undefined);
  assert.equal(readValue(''), undefined);
});

test('reads bytes as Espruino escapes them', () => {
  assert.equal(readValue('"\\xFF\\x1b\\0\\33\\v\\n\\""'), '\xff\x1b\0\x1b\v\n"');
});

test('takes a backslash before an x for what it is', () => {
  assert.equal(readValue('"\\\\xFF"'), '\\xFF');
});
