import type { Edge } from '../lib/console-text.ts';
import { startInterpreter } from '../lib/interpreter.ts';
import { addFile } from '../lib/storage-file.ts';

/** What is typed to learn how many variables are in use, after the interpreter has collected its garbage. */
const QUESTION = 'print(process.memory().usage)';
/** Why there is no figure. */
export const NO_ANSWER = 'the interpreter does not answer';
/** How long an answer may take, ms. Only an interpreter that has run out of memory takes longer. */
const PATIENCE = 5000;

/** A program on the real interpreter whose variables are counted. */
export interface Subject {
  /** Runs a statement as if it were typed at the console. */
  type(statement: string): void;
  /** Variables in use, with those that asking takes. Rejects when no answer comes. */
  usage(): Promise<number>;
  /** Whether it ran out of memory, or started again, since it was started. */
  failed(): boolean;
  stop(): Promise<void>;
}

export interface SubjectOptions {
  readonly bin: string;
  readonly storage: Uint8Array;
  readonly trace?: boolean;
  onEdge?(edge: Edge): void;
}

/** The content of a Storage that holds these files and nothing else. */
export function storageOf(files: Readonly<Record<string, string>>): Buffer {
  let storage: Buffer = Buffer.alloc(0);
  for (const [name, text] of Object.entries(files)) storage = addFile(storage, name, text);
  return storage;
}

/** Starts the interpreter from a Storage. */
export function startSubject({ bin, storage, trace, onEdge }: SubjectOptions): Subject {
  const asked: ((count: number) => void)[] = [];
  let bad = false;
  const interpreter = startInterpreter({
    bin,
    storage,
    trace: trace ?? false,
    ...(onEdge ? { onEdge } : {}),
    onLine(line) {
      if (/^\d+$/.test(line)) asked.shift()?.(Number(line));
      else if (/OUT OF MEMORY|: MEMORY|,MEMORY/.test(line)) bad = true;
    },
    onRestart: () => void (bad = true),
    onExit: () => void (bad = true),
  });
  return {
    type: interpreter.type,
    usage: () => new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(NO_ANSWER)), PATIENCE);
      asked.push((count) => {
        clearTimeout(timer);
        resolve(count);
      });
      interpreter.type(QUESTION);
    }),
    failed: () => bad,
    stop: () => interpreter.stop(),
  };
}
