import type { Role } from '../../workshop/cast.ts';
import { ensureKey, keysOf, readKeys, writeKeys } from './update/keys.ts';

/** A file of keys: how it is called, and where it is. */
export interface KeysFile {
  readonly name: string;
  readonly path: string;
}

/**
 * These roles with keys for updates in their settings: those that `bell update` finds in this file for devices of
 * these names, or new ones, which are put there. So both ends know them, and nobody types one.
 */
export function withKeys(roles: readonly Role[], file: KeysFile): Role[] {
  const keys = readKeys(file);
  const missing = roles.filter(({ id }) => !keysOf(keys, id).length);
  for (const { id } of missing) ensureKey(keys, id);
  if (missing.length) writeKeys(file.path, keys);
  return roles.map((role) => {
    const [key] = keysOf(keys, role.id);
    return { ...role, settings: { ...role.settings, update: { key } } };
  });
}
