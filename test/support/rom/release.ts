import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Interpreter, Part } from '../../../boards/interpreters.ts';

/** Stand-ins for the files of an interpreter: of the right kind and place, and of no use to a chip. */
export function fakeParts({ parts }: Interpreter): ReadonlyMap<Part, Uint8Array> {
  return new Map(parts.map((part, index) => [part, fakePart(part, index)]));
}

/** Writes them as an unpacked release has them. */
export function writeRelease(directory: string, interpreter: Interpreter): void {
  const folder = join(directory, interpreter.folder);
  mkdirSync(folder, { recursive: true });
  for (const [{ file }, content] of fakeParts(interpreter)) writeFileSync(join(folder, file), content);
}

/** Parts of different sizes; the largest is more than is written at once. */
function fakePart({ offset }: Part, seed: number): Uint8Array {
  const isProgram = offset === 0x1000 || offset === 0x10000;
  const data = new Uint8Array(isProgram && seed > 0 ? 150_000 : 3001);
  let state = 12345 + seed;
  for (let at = 0; at < data.length; at++) {
    state = Math.imul(state, 1103515245) + 12345 & 0x7fffffff;
    data[at] = state >> 16;
  }
  data[0] = 0xe9;
  return data;
}
