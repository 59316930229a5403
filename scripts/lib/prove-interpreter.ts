import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from './failure.ts';

/** How long Espruino may take for one line, ms. */
const PATIENCE = 10_000;

/** Where to get it. */
export const GET_ESPRUINO = 'Set it to the path of Espruino for Linux: https://www.espruino.com/Other+Boards has it.';

/**
 * Runs one line on the program `bin` and gives the serial number that Espruino has on this computer. Throws a Failure
 * when it is not Espruino: another program would end at once, or be started for ever.
 */
export function proveInterpreter(bin: string): Promise<string> {
  // It would boot from the flash in its own directory.
  const cwd = mkdtempSync(join(tmpdir(), 'bell-try-'));
  return new Promise((done, fail) => {
    const options = { cwd, timeout: PATIENCE, killSignal: 'SIGKILL', encoding: 'latin1' } as const;
    execFile(bin, ['-e', 'print("<"+6*7+" "+getSerial()+">")'], options, (_error, said) => {
      rmSync(cwd, { recursive: true, force: true });
      const [, serial] = /<42 (.*)>/.exec(said) ?? [];
      if (serial !== undefined) done(serial);
      else fail(new Failure(`ESPRUINO_BIN is "${bin}", which is not Espruino`, GET_ESPRUINO));
    });
  });
}
