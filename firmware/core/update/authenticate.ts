import type { Asked } from './asked.ts';
import { nextKey } from './hmac.ts';
import type { Digest } from './hmac.ts';
import { readManifest } from './manifest.ts';

/**
 * Authenticates the manifest that has come. Nothing is known or written here; it is apart because it takes the most
 * memory of all, so that it is done before anything else of the loader is made.
 */
export function authenticate(asked: Asked, digest: Digest): void {
  const manifest = readManifest(asked.offered, asked.key, digest);
  if (typeof manifest === 'string') asked.refused = manifest;
  else {
    asked.manifest = manifest;
    if (manifest.do === 'key') asked.next = nextKey(digest, asked.key, '' + manifest.salt);
  }
  asked.key = '';
}
