import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConsolePort } from './console-port.ts';

const FLASH = 256 * 1024;

/** The real interpreter behind a port: its console, byte for byte. It restarts when its program says so. */
export function interpreterPort(bin: string, storage: Uint8Array): { port: ConsolePort; stop(): void } {
  const cwd = mkdtempSync(join(tmpdir(), 'bell-console-'));
  writeFileSync(join(cwd, 'espruino.flash'), Buffer.concat([storage, Buffer.alloc(FLASH - storage.length, 0xff)]));
  const port = new ConsolePort();
  let child: ChildProcess;
  let isOver = false;
  const start = () => {
    child = spawn(bin, ['-e', ''], { cwd, stdio: ['pipe', 'pipe', 'ignore'] });
    child.stdin?.on('error', () => undefined);
    child.stdout?.on('data', (bytes: Buffer) => port.say(Uint8Array.from(bytes)));
    child.on('close', () => (isOver ? rmSync(cwd, { recursive: true, force: true }) : start()));
  };
  port.onBytes = (bytes) => void child.stdin?.write(bytes);
  start();
  return {
    port,
    stop() {
      isOver = true;
      child.kill('SIGKILL');
    },
  };
}
