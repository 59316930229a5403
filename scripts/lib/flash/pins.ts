import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Interpreter, Part } from '../../../boards/interpreters.ts';
import { Failure } from '../failure.ts';
import { readIfThere, writeWhole } from './cache.ts';

/** A hash that counts from now on, because there was none before. */
export interface NewPin {
  readonly file: string;
  readonly sha256: string;
}

/**
 * The hashes of interpreter images that this computer has used. Where `boards/interpreters.ts` has
 * one, that one counts; elsewhere the first file that is used is pinned, and another one refused.
 */
export class Pins {
  readonly path: string;
  private readonly known: Record<string, string>;

  constructor(folder: string) {
    this.path = join(folder, 'pins.json');
    this.known = readPins(this.path);
  }

  /** Checks files against their hashes and gives those that were pinned now. Throws a Failure for one that differs. */
  check(interpreter: Interpreter, files: ReadonlyMap<Part, Uint8Array>): NewPin[] {
    const hashes = [...files].map(([part, content]) => {
      return [part, createHash('sha256').update(content).digest('hex')] as const;
    });
    return this.checkHashes(interpreter, new Map(hashes));
  }

  /** As `check`, for files whose SHA-256 somebody else has made: a page, of files that are on its computer. */
  checkHashes(interpreter: Interpreter, hashes: ReadonlyMap<Part, string>): NewPin[] {
    const fresh: NewPin[] = [];
    for (const [part, sha256] of hashes) {
      const file = `${interpreter.folder}/${part.file}`;
      const expected = part.sha256 ?? this.known[file];
      if (expected === undefined) fresh.push({ file, sha256 });
      else if (expected !== sha256) throw this.changed(file, sha256, expected, part.sha256 === undefined);
    }
    for (const { file, sha256 } of fresh) this.known[file] = sha256;
    if (fresh.length > 0) writeWhole(this.path, `${JSON.stringify(this.known, null, 2)}\n`);
    return fresh;
  }

  private changed(file: string, found: string, expected: string, isPin: boolean): Failure {
    const cure = isPin
      ? `If you know why it changed, take its line out of ${this.path}.`
      : 'Get it again from its source; what you have is another file.';
    return new Failure(`${file} is not the file it should be: its SHA-256 is ${found}, not ${expected}`, cure);
  }
}

function readPins(path: string): Record<string, string> {
  const text = readIfThere(path);
  if (!text) return {};
  try {
    return JSON.parse(text.toString('utf8')) as Record<string, string>;
  } catch {
    // To begin anew would trust whatever comes next.
    throw new Failure(`${path} cannot be read`, 'It keeps the hashes of interpreter images: correct or delete it.');
  }
}
