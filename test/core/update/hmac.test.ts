import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { hmac, nextKey } from '../../../firmware/core/update/hmac.ts';
import { digestOf, KEY } from '../../support/manifest.ts';

for (const algorithm of ['sha1', 'sha256'] as const) {
  const digest = digestOf(algorithm);
  const theirs = (key: string, message: string, form: 'latin1' | 'hex' = 'latin1') =>
    createHmac(algorithm, key).update(message, 'latin1').digest().toString(form);

  test(`an HMAC with ${algorithm} is that of RFC 2104, for any key and message`, () => {
    const key = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'));
    const message = fc.uint8Array({ maxLength: 1200 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
    fc.assert(fc.property(key, message, (some, text) => {
      assert.equal(hmac(digest, some, text, 0), theirs(some, text));
    }), { numRuns: 200 });
  });

  test(`the next key with ${algorithm} is 64 hex digits that only key and salt decide`, () => {
    const salt = '00112233445566778899aabbccddeeff';
    const all = theirs(KEY, `mqtt-bell key ${salt}`, 'hex') + theirs(KEY, `mqtt-bell key 2 ${salt}`, 'hex');
    const next = nextKey(digest, KEY, salt);
    assert.equal(next, all.slice(0, 64));
    assert.match(next, /^[0-9a-f]{64}$/);
    assert.notEqual(nextKey(digest, KEY, `1${salt.slice(1)}`), next);
    assert.notEqual(nextKey(digest, next, salt), next);
  });
}
