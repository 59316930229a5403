import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from './failure.ts';

/**
 * Makes a directory, and tries whether files can be written in it. `name` is what the user calls it, `cure` what to do
 * when they cannot be; that is a Failure.
 */
export function makeWritable(directory: string, name: string, cure: string): void {
  try {
    makeFolder(directory);
    const probe = join(directory, `.bell-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw new Failure(`Cannot write to ${name}: ${whyNot(error as NodeJS.ErrnoException)}`, cure);
  }
}

/** Step by step: `mkdirSync` of Node tries for ever, with `recursive`, where a system has no directories to make. */
function makeFolder(path: string): void {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there?.isDirectory()) return;
  if (there) throw Object.assign(new Error(), { code: 'ENOTDIR' });
  makeFolder(dirname(path));
  mkdirSync(path);
}

function whyNot({ code = '', message }: NodeJS.ErrnoException): string {
  const known: Record<string, string> = {
    ENOTDIR: 'there is a file of this name, or of one on the way to it',
    ENOENT: 'the system makes nothing there',
    EACCES: 'it belongs to somebody else',
    EPERM: 'it belongs to somebody else',
    EROFS: 'nothing can be written on its disk',
    ENOSPC: 'its disk is full',
  };
  return known[code] ?? message;
}
