import { Failure } from '../failure.ts';
import { JsonError, readJson } from '../json-lines.ts';

/**
 * The text of settings with this key for updates. `id` is that of the device it is meant for, undefined for any. What
 * else is in the settings is checked when they go onto the device.
 */
export function withUpdateKey(text: string, file: string, id: string | undefined, key: string): string {
  try {
    readJson(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new Failure(`${file}:${error.line} ${error.message}`);
  }
  const settings = JSON.parse(text.replace(/^\uFEFF/, '')) as Record<string, unknown>;
  const its = settings['id'];
  if (id !== undefined && typeof its === 'string' && its !== '' && its !== id) {
    throw new Failure(`${file} is of ${its}, not of ${id}`, `Say bell key ${its} --into ${file}.`);
  }
  const before = settings['update'];
  const update = typeof before === 'object' && before !== null ? { ...before, key } : { key };
  return `${JSON.stringify({ ...settings, update }, null, 2)}\n`;
}
