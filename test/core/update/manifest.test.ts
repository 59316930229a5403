import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { chunksOf, HASH, listStart, readManifest, refusal } from '../../../firmware/core/update/manifest.ts';
import type { Manifest } from '../../../firmware/core/update/manifest.ts';
import { isNewer } from '../../../firmware/core/update/version.ts';
import { digestOf, KEY, listOf, manifestFor, orderFor, plainManifest, sha1 } from '../../support/manifest.ts';

const IMAGE = Buffer.alloc(2000, 'image ');
/** What a device says that runs 1.0.0, and has taken the manifest 99 before. */
function judged(manifest: Manifest, list: number): string {
  return refusal(manifest, list, 'front', 'd1-mini', isNewer(manifest.version ?? '', '1.0.0'), 99, 28_672, 944);
}

/** Why a device refuses a manifest, or ''. */
function verdict(manifest: Partial<Manifest>, list = listOf(IMAGE, manifest.chunk ?? 512, sha1)): string {
  return judged(orderFor(IMAGE, manifest), list.length);
}

for (const algorithm of ['sha1', 'sha256'] as const) {
  test(`a manifest is read as it was written, with ${algorithm}`, () => {
    const digest = digestOf(algorithm);
    const bytes = manifestFor(IMAGE, { force: 1 }, { digest });
    const mac = digest('').length;
    assert.deepEqual(readManifest(bytes, KEY, digest), orderFor(IMAGE, { force: 1 }));
    assert.equal(bytes.slice(listStart(bytes, mac)), listOf(IMAGE, 512, digest));
  });
}

test('a list has an entry for each chunk, also for a short last one', () => {
  assert.equal(chunksOf(orderFor(IMAGE)), 4);
  assert.equal(listOf(IMAGE, 512, sha1).length, 4 * HASH);
});

test('a changed byte anywhere is refused', () => {
  const bytes = manifestFor(IMAGE);
  for (let i = 0; i < bytes.length; i++) {
    const changed = bytes.slice(0, i) + String.fromCharCode(bytes.charCodeAt(i) ^ 1) + bytes.slice(i + 1);
    assert.match(String(readManifest(changed, KEY, sha1)), /^(wrong key|malformed)$/, `byte ${i}`);
  }
});

test('another key is refused', () => {
  assert.equal(readManifest(manifestFor(IMAGE), KEY.replace('0', '1'), sha1), 'wrong key');
});

test('a device without a key takes none', () => {
  assert.equal(readManifest(manifestFor(IMAGE, {}, { key: '' }), '', sha1), 'this device has no key');
});

test('whatever arrives, it is refused and nothing is thrown', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
    const text = Buffer.from(bytes).toString('latin1');
    assert.match(String(readManifest(text, KEY, sha1)), /^(wrong key|malformed)$/);
  }));
});

test('what is authentic and yet no manifest is refused', () => {
  for (const odd of [{ serial: 0 }, { serial: -1 }, { serial: 'x' as unknown as number }]) {
    assert.equal(readManifest(plainManifest(odd), KEY, sha1), 'malformed');
  }
});

test('a line over the limit is not parsed', () => {
  assert.throws(() => plainManifest({ salt: 'x'.repeat(400) }));
  assert.equal(readManifest('x'.repeat(400) + '\n', KEY, sha1), 'malformed');
});

const refusals: [why: string, changes: Partial<Manifest>, expected: string][] = [
  ['for another device', { to: 'back' }, 'for another device'],
  ['older than the newest', { serial: 98 }, 'replayed'],
  ['with the serial of the newest', { serial: 99 }, 'replayed'],
  ['for another board', { board: 'linux' }, 'for another board'],
  ['larger than a slot', { size: 28_673 }, 'too large'],
  ['without room for a header', { size: 128 }, 'too large'],
  ['with a size that is none', { size: 'x' as unknown as number }, 'too large'],
  ['with a chunk over the limit', { chunk: 1024 }, 'too large'],
  ['with a chunk that does not divide a unit', { chunk: 500 }, 'too large'],
  ['with a chunk that flash does not take', { chunk: 2 }, 'too large'],
  ['with a chunk of nothing', { chunk: 0 }, 'too large'],
  ['with a chunk below nothing', { chunk: -512 }, 'too large'],
  ['of the version that runs', { version: '1.0.0' }, 'not newer'],
  ['of an older version', { version: '0.9.9' }, 'not newer'],
  ['whose version is none', { version: 'latest' }, 'not newer'],
];
for (const [why, changes, expected] of refusals) {
  test(`a manifest ${why} is refused`, () => {
    assert.equal(verdict(changes, changes.chunk === undefined ? undefined : ''), expected);
  });
}

test('a list that does not fit the size is refused', () => {
  assert.equal(verdict({}, listOf(IMAGE, 512, sha1).slice(HASH)), 'too large');
  assert.equal(verdict({}, listOf(IMAGE, 512, sha1) + 'x'), 'too large');
});

test('a newer version is taken, and any other by force', () => {
  assert.equal(verdict({}), '');
  assert.equal(verdict({ version: '1.0.0', force: 1 }), '');
  assert.equal(verdict({ version: '0.1.0', force: 1 }), '');
});

test('to go back and to change the key need neither image nor version', () => {
  assert.equal(judged({ serial: 100, to: 'front', do: 'back' }, 0), '');
  assert.equal(judged({ serial: 100, to: 'front', do: 'key', salt: '00' }, 0), '');
});
