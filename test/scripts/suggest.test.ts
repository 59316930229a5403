import assert from 'node:assert/strict';
import test from 'node:test';
import { suggest } from '../../scripts/lib/suggest.ts';

const known = ['build', 'ring', 'run', 'watch'];

test('takes a swapped, missing, wrong or extra letter', () => {
  assert.equal(suggest('biuld', known), 'build');
  assert.equal(suggest('rin', known), 'ring');
  assert.equal(suggest('watxh', known), 'watch');
  assert.equal(suggest('runn', known), 'run');
});

test('takes nothing that is far from all', () => {
  assert.equal(suggest('flash', known), undefined);
  assert.equal(suggest('', known), undefined);
});
