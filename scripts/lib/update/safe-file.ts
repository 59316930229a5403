import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';

/** Replaces a file whole or not at all, whenever the power goes. */
export function writeSafely(path: string, text: string, mode = 0o644): void {
  const draft = `${path}.${process.pid}.new`;
  rmSync(draft, { force: true });
  // Exclusive, and with its mode from the first byte on: it may hold secrets.
  const file = openSync(draft, 'wx', mode);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}
