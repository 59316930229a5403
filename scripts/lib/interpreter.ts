import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { consoleReader, type ConsoleEvents } from './console-text.ts';
import { Failure } from './failure.ts';
import { GET_ESPRUINO } from './prove-interpreter.ts';
import { addFile } from './storage-file.ts';
import { traceShim } from './trace-shim.ts';

/** Size of the file that Espruino for Linux keeps its flash in, bytes. */
const FLASH = 256 * 1024;

export interface InterpreterOptions extends ConsoleEvents {
  /** Path of Espruino for Linux; see `findInterpreter`. */
  readonly bin: string;
  /** Content of Storage, as `makeStorage` gives it. Left out to go on with what `directory` holds. */
  readonly storage?: Uint8Array;
  /** Where its flash is kept. A private directory that vanishes with it when left out. */
  readonly directory?: string;
  /** Whether the trace shim is put into Storage. Without it there are no edges, and it uses no variables. */
  readonly trace?: boolean;
  /** Called before it is started again, which it is whenever the program restarts the device. */
  onRestart?(count: number): void;
  /** Called once, when it has ended and is not started again. */
  onExit?(code: number | null): void;
}

export interface Interpreter {
  /** Where `espruino.flash` is. */
  readonly directory: string;
  /** Its Storage as it is now. */
  flash(): Buffer;
  /** The process that it is at present. */
  pid(): number | undefined;
  /** Runs a statement as if it were typed at its console; what it prints comes as lines. */
  type(statement: string): void;
  /** Cuts the power: it ends at once. Safe to call twice. Resolves when it has gone. */
  stop(): Promise<void>;
}

/** The interpreter that `ESPRUINO_BIN` names. Throws a Failure that says what to do. */
export function findInterpreter(env: Readonly<Record<string, string | undefined>>): string {
  const bin = env['ESPRUINO_BIN'];
  if (!bin) {
    throw new Failure('ESPRUINO_BIN is not set', GET_ESPRUINO);
  }
  const folders = bin.includes('/') ? [''] : (env['PATH'] ?? '').split(delimiter);
  const found = folders.map((folder) => (folder === '' ? bin : join(folder, bin))).find(isExecutable);
  if (found) return found;
  throw new Failure(`ESPRUINO_BIN is "${bin}", which cannot be run`, GET_ESPRUINO);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Boots the real interpreter from a Storage, as a chip boots, and restarts it like one. */
export function startInterpreter(options: InterpreterOptions): Interpreter {
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'bell-run-'));
  const file = join(directory, 'espruino.flash');
  if (options.storage) {
    mkdirSync(directory, { recursive: true });
    writeFileSync(file, flashContent(options.storage, options.trace ?? false));
  }
  let child: ChildProcess;
  let starts = 0;
  let stopped = false;
  const done = new Promise<void>((resolve) => {
    const boot = (): void => {
      starts++;
      child = spawnBooted(options, directory, (code) => {
        // E.reboot() ends Espruino for Linux with 1.
        if (code === 1 && !stopped) {
          options.onRestart?.(starts);
          boot();
          return;
        }
        if (options.directory === undefined) rmSync(directory, { recursive: true, force: true });
        options.onExit?.(code);
        resolve();
      });
    };
    boot();
  });
  return {
    directory,
    flash: () => readFileSync(file),
    pid: () => child.pid,
    // The first character keeps the console from repeating what is typed.
    type: (statement) => void child.stdin?.write(`\x10${statement}\n`),
    stop() {
      stopped = true;
      child.kill('SIGKILL');
      return done;
    },
  };
}

function spawnBooted(options: InterpreterOptions, cwd: string, ended: (code: number | null) => void): ChildProcess {
  // Code is given because the flash is only booted from when there is some. The input has to stay
  // open: at its end the interpreter would read an endless stream of bytes.
  const child = spawn(options.bin, ['-e', ''], { cwd, stdio: ['pipe', 'pipe', 'ignore'] });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  child.stdout.setEncoding('latin1').on('data', consoleReader(options));
  // Written to after its end; the end itself is reported by `close`.
  child.stdin.on('error', () => undefined);
  child.on('error', () => undefined);
  child.on('close', (code) => {
    process.removeListener('exit', kill);
    ended(code);
  });
  return child;
}

function flashContent(storage: Uint8Array, trace: boolean): Buffer {
  const content = trace ? addFile(storage, '.boot0', traceShim) : Buffer.from(storage);
  if (content.length > FLASH) throw new Failure(`Storage has ${content.length} bytes, and the interpreter ${FLASH}`);
  return Buffer.concat([content, Buffer.alloc(FLASH - content.length, 0xff)]);
}
