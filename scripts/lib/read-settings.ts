import type { Board } from '../../boards/board.ts';
import type { Settings } from '../../firmware/core/config.ts';
import { checkSettings } from './check-settings.ts';
import { Failure } from './failure.ts';

/** The least that settings must say. */
const LEAST = '{ "mqtt": { "host": "192.168.1.2" } }';

/** Checked settings from a file. Throws a Failure with one line for each thing that is wrong. */
export function readSettings(name: string, read: () => string, board: Board): Settings {
  const result = checkSettings(readText(name, read), board);
  if ('settings' in result) return result.settings;
  const list = result.errors.map(({ line, path, value, message }) => {
    const what = value === undefined ? path : `${path} is ${JSON.stringify(value)}`;
    return `\n  ${name}:${line}${what && ` ${what}`}: ${message}`;
  });
  throw new Failure(`The settings are wrong:${list.join('')}`);
}

function readText(name: string, read: () => string): string {
  try {
    return read();
  } catch (error) {
    const { code } = error as { code?: string };
    if (code !== 'ENOENT') throw new Failure(`${name} cannot be read`);
    throw new Failure(`There is no file ${name}`, `Write one like ${LEAST}; docs/settings.md has the rest.`);
  }
}
