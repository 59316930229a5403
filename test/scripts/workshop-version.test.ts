import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextVersion } from '../../scripts/lib/workshop-version.ts';

test('without a change the next patch comes, above all that run or were made', () => {
  assert.equal(nextVersion(['1.0.0'], '1.0.0'), '1.0.1');
  assert.equal(nextVersion(['1.0.0', '1.0.9', '1.0.10'], '1.0.0'), '1.0.11');
});

test('a version that somebody has raised is taken as it is, once', () => {
  assert.equal(nextVersion(['1.0.3'], '1.1.0'), '1.1.0');
  assert.equal(nextVersion(['1.0.3', '1.1.0'], '1.1.0'), '1.1.1');
});

test('what is no version counts for nothing', () => {
  assert.equal(nextVersion(['', 'undefined', '99999999999.0.0', '2.0', '<b>'], '1.0.0'), '1.0.0');
});
