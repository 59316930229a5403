import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storageImage } from './bench.ts';

const FLASH_BYTES = 256 * 1024;

type Files = Readonly<Record<string, string>>;

/** Boots a real interpreter on Linux from Storage with these files; resolves with its output when it ends. */
export async function runReal(path: string, files: Files, limitMs = 60_000): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bell-espruino-'));
  const flash = Buffer.alloc(FLASH_BYTES, 0xFF);
  flash.set(storageImage(files));
  writeFileSync(join(folder, 'espruino.flash'), flash);
  // Its standard input stays open: at the end of it, the console is flooded.
  const child = spawn(path, ['-e', ''], { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
  let output = '';
  child.stdout.on('data', (data: Buffer) => { output += data.toString('latin1'); });
  child.stderr.resume();
  await new Promise((resolve) => { child.on('close', resolve); });
  clearTimeout(timer);
  rmSync(folder, { recursive: true, force: true });
  return output;
}
