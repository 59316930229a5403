import { accessSync, appendFileSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs that some tests need and that not every machine has. */
export type OptionalName = 'mosquitto' | 'rabbitmq' | 'chromium' | 'espruino' | 'openssl';

export interface Optional {
  /** Where the program is, when there is one. */
  readonly path?: string;
  /** What a test takes as its `skip`: false, or the reason by name. */
  readonly skip: string | false;
}

/** File names of each program, and the variable that overrides the search. */
const programs: Record<OptionalName, { env: string; files: readonly string[] }> = {
  mosquitto: { env: 'MOSQUITTO_BIN', files: ['mosquitto'] },
  rabbitmq: { env: 'RABBITMQ_BIN', files: ['rabbitmq-server'] },
  chromium: { env: 'CHROMIUM_BIN', files: ['chromium', 'chromium-browser', 'google-chrome'] },
  openssl: { env: 'OPENSSL_BIN', files: ['openssl'] },
  // No package has it: it is only looked for where the variable points to.
  espruino: { env: 'ESPRUINO_BIN', files: [] },
};

// Daemons live where only root's PATH leads to.
const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];

/**
 * Whether a program is here. A test that needs one takes `skip` from the result, so that it is
 * skipped by name; `npm test` lists those names at its end.
 */
export function optional(name: OptionalName): Optional {
  const path = find(name);
  if (path !== undefined) return { path, skip: false };
  note(name);
  return { skip: `${name} is not installed` + (name === 'espruino' ? ' (ESPRUINO_BIN)' : '') };
}

function find(name: OptionalName): string | undefined {
  const { env, files } = programs[name];
  const given = process.env[env];
  if (given !== undefined && given !== '') return isProgram(given) ? given : undefined;
  const places = files.flatMap((file) => folders.map((folder) => join(folder, file)));
  return places.find((place) => existsSync(place) && isProgram(place));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Tells `scripts/test.js` what was missing: tests run in processes of their own. */
function note(name: OptionalName): void {
  const file = process.env['BELL_MISSING'];
  if (file !== undefined) appendFileSync(file, `${name}\n`);
}
