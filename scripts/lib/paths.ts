import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readFileSync } from 'node:fs';

/** The root of the project, wherever the command was started. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Where `bell build` puts its results. */
export const dist = join(root, 'dist');

/** The version in package.json; the firmware reports the same one. */
export function version(): string {
  const text = readFileSync(join(root, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
