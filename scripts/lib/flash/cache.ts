import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Io } from '../command.ts';

/** Where this system keeps what a program has fetched. `BELL_CACHE` names another place. */
export function cacheFolder({ env }: Pick<Io, 'env'>, platform: string = process.platform): string {
  const home = homedir();
  if (env.BELL_CACHE) return env.BELL_CACHE;
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'mqtt-bell');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'mqtt-bell');
  return join(env.XDG_CACHE_HOME ?? join(home, '.cache'), 'mqtt-bell');
}

/** Content of a file, or undefined when there is none. */
export function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes a file so that it is there whole or not at all. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, content);
  renameSync(draft, path);
}
