import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import d1Mini from '../../../boards/d1-mini.ts';
import { readManifest } from '../../../firmware/core/update/manifest.ts';
import { makeImage } from '../../../scripts/lib/image.ts';
import { root } from '../../../scripts/lib/paths.ts';
import { cut, readImage } from '../../../scripts/lib/update/image-file.ts';
import { digestOf, manifestToChangeKey, manifestToRun } from '../../../scripts/lib/update/manifest-bytes.ts';

// What docs/updates.md says of its example; everything else is made from it.
const KEY = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f';
const SERIAL = 1_763_841_600;
const SALT = 'ffeeddccbbaa99887766554433221100';
const image = readImage(makeImage(d1Mini, 'a'.repeat(512), '1.3.0'), 'the example');
const page = readFileSync(join(root, 'docs', 'updates.md'), 'utf8');

/** Bytes as the page shows them: 32 a line. */
function dump(bytes: Buffer): string {
  return (bytes.toString('hex').match(/.{1,64}/g) ?? []).join('\n');
}

function shows(text: string): void {
  assert.ok(page.includes(`\n${text}\n`), `docs/updates.md lacks:\n${text}`);
}

test('the manifest in the docs is the one that is made of what stands around it', () => {
  const manifest = manifestToRun('front', image, SERIAL, false, KEY);
  shows(dump(manifest));
  const line = manifest.subarray(20, manifest.indexOf('\n', 20)).toString();
  shows(line);
  cut(image.bytes, 512).forEach((chunk) => shows(createHash('sha1').update(chunk).digest('hex').slice(0, 24)));
  shows(image.bytes.toString('latin1', 0, 128).trimEnd());
});

test('its parts are what the docs say, by hashes of another maker', () => {
  const manifest = manifestToRun('front', image, SERIAL, false, KEY);
  const mac = createHmac('sha1', KEY).update(manifest.subarray(20)).digest();
  assert.deepEqual(manifest.subarray(0, 20), mac);
  const end = manifest.indexOf('\n', 20);
  assert.equal(manifest.length - end - 1, 2 * 12);
  assert.equal(image.name, createHash('sha256').update(image.bytes).digest('hex').slice(0, 16));
});

test('the device reads in it what the host has written', () => {
  const manifest = manifestToRun('front', image, SERIAL, false, KEY).toString('latin1');
  assert.deepEqual(readManifest(manifest, KEY, digestOf(d1Mini)), {
    serial: SERIAL, to: 'front', do: 'run', image: image.name, board: 'd1-mini', version: '1.3.0',
    size: 640, chunk: 512,
  });
  assert.equal(readManifest(manifest, KEY.replace('0', '1'), digestOf(d1Mini)), 'wrong key');
});

test('the change of a key in the docs', () => {
  const { manifest, next } = manifestToChangeKey('front', d1Mini, SERIAL + 1, KEY, SALT);
  const part = (text: string) => createHmac('sha1', KEY).update(`${text} ${SALT}`).digest('hex');
  assert.equal(next, (part('mqtt-bell key') + part('mqtt-bell key 2')).slice(0, 64));
  shows(manifest.subarray(20).toString().trimEnd());
  shows(next);
});
