import { createHash } from 'node:crypto';
import { chunksOf, encodeManifest, HASH } from '../../firmware/core/update/manifest.ts';
import type { Digest } from '../../firmware/core/update/hmac.ts';
import type { Manifest } from '../../firmware/core/update/manifest.ts';

/** The key of the devices in tests. */
export const KEY = '0123456789abcdef'.repeat(4);

/** A digest as a device has it. */
export function digestOf(algorithm: 'sha1' | 'sha256'): Digest {
  return (bytes) => createHash(algorithm).update(bytes, 'latin1').digest().toString('latin1');
}

/** That of an ESP8266. */
export const sha1 = digestOf('sha1');

/** Bytes of a chunk in tests, as on an ESP8266. */
export const CHUNK = 512;

/** The list of the chunks of an image. */
export function listOf(image: Uint8Array, chunk: number, digest: Digest): string {
  const text = Buffer.from(image).toString('latin1');
  let list = '';
  for (let at = 0; at < text.length; at += chunk) list += digest(text.slice(at, at + chunk)).slice(0, HASH);
  return list;
}

/** What a host would ask of a device in a test: to run version 1.0.1. */
export function orderFor(image: Uint8Array, changes: Partial<Manifest> = {}): Manifest {
  const name = createHash('sha256').update(image).digest('hex').slice(0, 16);
  return {
    serial: 100, to: 'front', do: 'run', image: name, board: 'd1-mini', version: '1.0.1', size: image.length,
    chunk: CHUNK, ...changes,
  };
}

/** What a test may change of the making of a manifest. */
export interface Making {
  readonly key?: string;
  readonly digest?: Digest;
  readonly list?: string;
}

/** The bytes of a manifest for this image. */
export function manifestFor(
  image: Uint8Array, changes: Partial<Manifest> = {}, { key = KEY, digest = sha1, list }: Making = {},
): string {
  const order = orderFor(image, changes);
  return encodeManifest(order, list ?? listOf(image, order.chunk ?? CHUNK, digest), key, digest);
}

/** The bytes of a manifest that asks for something else than to run an image. */
export function plainManifest(manifest: Partial<Manifest>, key = KEY, digest = sha1): string {
  return encodeManifest({ serial: 100, to: 'front', do: 'back', ...manifest }, '', key, digest);
}

export { chunksOf };
