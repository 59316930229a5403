import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import d1Mini from '../../boards/d1-mini.ts';
import { chainsOf, sign, type Shape } from '../../scripts/bench/hash-signature.ts';
import { deltaSection } from '../../scripts/bench/section-delta.ts';
import { makeImage } from '../../scripts/lib/image.ts';
import { readImage } from '../../scripts/lib/update/image-file.ts';

const shape: Shape = { digest: 'SHA1', bytes: 16, bits: 4, levels: 3 };

test('chains and signature have the sizes that RFC 8391 computes', () => {
  assert.deepEqual(chainsOf(shape), [32, 3]);
  assert.deepEqual(chainsOf({ ...shape, bits: 8 }), [16, 2]);
  assert.equal(sign(shape, 'message', 5).signature.length, (32 + 3 + 3) * 16);
});

test('a signature leads to the root of its tree, by hashes alone', () => {
  const { seed, root, leaf, message, signature } = sign(shape, 'message', 5);
  const hash = (kind: number, at: number, a: number, b: number, text: string) => {
    const input = Buffer.from(seed + String.fromCharCode(kind, at, a, b) + text, 'latin1');
    return createHash('sha1').update(input).digest().toString('latin1').slice(0, 16);
  };
  const part = (i: number) => signature.slice(i * 16, i * 16 + 16);
  const hex = Buffer.from(hash(3, leaf, 0, 0, message), 'latin1').toString('hex');
  const digits = [...hex].map((digit) => parseInt(digit, 16));
  const sum = digits.reduce((all, digit) => all + 15 - digit, 0);
  const ends = [...digits, sum >> 8, (sum >> 4) & 15, sum & 15].map((digit, i) => {
    let x = part(i);
    for (let step = digit; step < 15; step++) x = hash(0, leaf, i, step, x);
    return x;
  });
  let x = hash(1, leaf, 0, 0, ends.join(''));
  for (let level = 0; level < 3; level++) {
    const pair = (leaf >> level) & 1 ? part(35 + level) + x : x + part(35 + level);
    x = hash(2, 0, level, leaf >> (level + 1), pair);
  }
  assert.equal(x, root);
});

test('chunks that an image shares with the one before are counted where they are', () => {
  const code = (first: string) => first.repeat(512 - 128) + Array.from({ length: 3 }, (_, i) => {
    return String(i).repeat(512);
  }).join('');
  const image = (text: string) => readImage(makeImage(d1Mini, text, '1.0.0'), 'image');
  const moved = `${code('b').slice(0, 384)}${'3'.repeat(512)}${code('b').slice(384, -512)}`;
  const [table] = deltaSection(image(code('a')), image(moved)).tables;
  assert.deepEqual(table!.rows[0], [512, 4, 48, 0, 50, 50]);
});
