import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import test from 'node:test';
import { md5 } from '../../../scripts/lib/flash/md5.ts';

test('gives the sums of RFC 1321', () => {
  assert.equal(md5(Buffer.from('')), 'd41d8cd98f00b204e9800998ecf8427e');
  assert.equal(md5(Buffer.from('message digest')), 'f96b697d7cb7938d525a2f31aaf161d0');
});

test('agrees with the system for every length around a block, and for a part of flash', () => {
  for (const length of [1, 54, 55, 56, 57, 63, 64, 65, 119, 120, 65536]) {
    const bytes = randomBytes(length);
    assert.equal(md5(bytes), createHash('md5').update(bytes).digest('hex'), `of ${length} bytes`);
  }
});
