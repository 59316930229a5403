import type { Store } from '../contracts.ts';
import { UNIT } from '../layout.ts';
import type { Task } from './asked.ts';
import type { Digest } from './hmac.ts';
import { HASH } from './manifest.ts';

/** The slot that an image is written to, chunk by chunk. */
export interface Target {
  count: number;
  /** How many chunks a unit has. */
  perUnit: number;
  /** Whether chunk `n` is in flash. */
  has(n: number): boolean;
  /** Whether these bytes are chunk `n`. */
  isChunk(n: number, bytes: string): boolean;
  /** Erases the unit of chunk `n`, unless each of its chunks is there or its place blank. */
  prepare(n: number): void;
  /** Writes chunk `n` to its place, which must be blank, and reads it back. */
  write(n: number, bytes: string): boolean;
}

/**
 * The slot of a task. It holds no state: what is in flash says how far an update has come, so that a power cut at any
 * moment costs one unit at the most.
 */
export function createTarget(store: Store, digest: Digest, task: Task): Target {
  const chunk = task.chunk;
  const base = task.base;
  const list = task.list;
  const count = Math.ceil(task.size / chunk);
  const perUnit = UNIT / chunk;

  const read = (n: number) => store.read(base + n * chunk, Math.min(chunk, task.size - n * chunk));
  const isChunk = (n: number, bytes: string) => digest(bytes).substr(0, HASH) === store.read(list + n * HASH, HASH);
  const has = (n: number) => isChunk(n, read(n));

  return {
    count,
    perUnit,
    has,
    isChunk,
    prepare: (n) => {
      const first = n - n % perUnit;
      for (let i = first; i < Math.min(count, first + perUnit); i++) {
        const bytes = read(i);
        if (bytes === ''.padEnd(bytes.length, '\xff') || isChunk(i, bytes)) continue;
        store.erase(Math.floor((base + n * chunk) / UNIT));
        return;
      }
    },
    write: (n, bytes) => {
      store.write(base + n * chunk, bytes.padEnd(bytes.length + 3 & ~3, '\xff'));
      return read(n) === bytes;
    },
  };
}
