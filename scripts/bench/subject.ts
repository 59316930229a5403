import type { Edge } from '../lib/console-text.ts';
import { startInterpreter } from '../lib/interpreter.ts';
import { addFile } from '../lib/storage-file.ts';
import { afterOwnTime } from './patience.ts';
import { startProbe } from './probe.ts';

/** How long anything may take, ms of the interpreter's own time. */
const PATIENCE = 10_000;

/** The interpreter has run out of variables. That is a figure, and no fault of the measurement. */
export class OutOfMemory extends Error {
  constructor() {
    super('out of memory');
  }
}

/** A program on the real interpreter whose variables are counted. */
export interface Subject {
  /** Runs statements, and gives the number that the last one gives. */
  ask(statements: string): Promise<number>;
  /** Variables in use once garbage is collected, with those that asking takes. */
  usage(): Promise<number>;
  /**
   * Waits for something that the program brings about. Rejects with OutOfMemory as soon as that has happened, with
   * another error when the program has ended or started again, or when it takes too much of the interpreter's time.
   */
  within<T>(what: string, work: Promise<T>, patience?: number): Promise<T>;
  /** Why it is of no more use. */
  failure(): Error | undefined;
  stop(): Promise<void>;
}

export interface SubjectOptions {
  readonly bin: string;
  /** Its Storage, given what has to be in `.boot0`. */
  storage(boot0: string): Uint8Array;
  onEdge?(edge: Edge): void;
  /** Hears what it prints. */
  onLine?(line: string): void;
}

/** The content of a Storage that holds these files and nothing else. */
export function storageOf(files: Readonly<Record<string, string>>): Buffer {
  let storage: Buffer = Buffer.alloc(0);
  for (const [name, text] of Object.entries(files)) storage = addFile(storage, name, text);
  return storage;
}

/** Starts the interpreter from a Storage. */
export async function startSubject({ bin, storage, onEdge, onLine }: SubjectOptions): Promise<Subject> {
  const probe = await startProbe();
  const waiting = new Set<(error: Error) => void>();
  let failure: Error | undefined;
  const fail = (error: Error): void => {
    // The first reason counts: a bell that has run out of memory starts again because of it.
    failure ??= error;
    for (const reject of [...waiting]) reject(failure);
  };
  const interpreter = startInterpreter({
    bin,
    storage: storage(probe.program),
    ...(onEdge ? { onEdge } : {}),
    onLine(line) {
      if (/OUT OF MEMORY|: MEMORY|,MEMORY/.test(line)) fail(new OutOfMemory());
      onLine?.(line);
    },
    onRestart: () => fail(new Error('it started again')),
    onExit: () => fail(new Error('it ended')),
  });
  const within: Subject['within'] = (what, work, patience = PATIENCE) => new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      waiting.delete(giveUp);
      stopWatching();
      settle();
    };
    const giveUp = (error: Error): void => end(() => reject(error));
    const stopWatching = afterOwnTime(interpreter.pid, patience, () => giveUp(new Error(`no ${what} came`)));
    waiting.add(giveUp);
    work.then((value) => (failure ? giveUp(failure) : end(() => resolve(value))), giveUp);
    if (failure) giveUp(failure);
  });
  const ask: Subject['ask'] = async (statements) => Number(await within('answer', probe.ask(statements)));
  return {
    ask,
    usage: () => ask('process.memory().usage'),
    within,
    failure: () => failure,
    async stop() {
      await interpreter.stop();
      probe.stop();
    },
  };
}
