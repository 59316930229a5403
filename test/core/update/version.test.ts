import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isNewer } from '../../../firmware/core/update/version.ts';

test('a version is newer when its first number that differs is greater', () => {
  const rising = ['0.9.9', '0.9.10', '0.10.0', '1.0.0', '1.0.1', '1.2.0', '1.10.0', '2.0.0', '10.0.0'];
  rising.forEach((version, i) => rising.forEach((other, j) => {
    assert.equal(isNewer(version, other), i > j, `${version} against ${other}`);
  }));
});

test('what is no version is not newer than one', () => {
  for (const odd of ['', '.', 'x.y.z', 'undefined', '1.2', '1']) assert.equal(isNewer(odd, '1.2.0'), false, odd);
});
