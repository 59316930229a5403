import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { NodeSerial } from '../../../scripts/lib/flash/node-serial.ts';
import type { FakeChip } from './chip.ts';

/** A pseudo-terminal with a chip behind it. */
export interface Pty {
  /** What a person would type behind --port. */
  readonly path: string;
  /** The port as the command opens it; a pseudo-terminal has no lines, so they go past it. */
  open(): NodeSerial;
  close(): Promise<void>;
}

/** What a test takes as its `skip` where there is no program that makes pseudo-terminals. */
export const skipPty: string | false = findScript() ? false : 'script of util-linux is not installed';

/**
 * Puts a chip behind a pseudo-terminal that the real `serialport` can open. `script`, which every
 * Debian has, holds the other side; what it hands on are pipes.
 */
export async function openPty(chip: FakeChip): Promise<Pty> {
  const inside = 'stty raw -echo; tty; exec sleep 1000000';
  const holder = spawn('script', ['-q', '-f', '-c', inside, '/dev/null'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const path = await firstLine(holder.stdout);
  const send = (bytes: Uint8Array) => void holder.stdin.write(bytes);
  chip.onSend = send;
  // The end of the other side hangs up on the shell inside, which ends with it.
  chip.onUnplug = () => holder.kill('SIGKILL');
  holder.stdin.on('error', () => undefined);
  holder.stdout.on('data', (bytes: Buffer) => chip.receive(bytes));
  return {
    path,
    open: () => new NodeSerial(path, { onLines: (dtr, rts) => chip.setLines(dtr, rts) }),
    async close() {
      if (holder.exitCode !== null || holder.signalCode !== null) return;
      holder.kill('SIGKILL');
      await once(holder, 'exit');
    },
  };
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  while (!text.includes('\n')) {
    const [bytes] = await once(stream, 'data') as [Buffer];
    text += bytes.toString();
  }
  return text.trim();
}

function findScript(): boolean {
  if (process.platform !== 'linux') return false;
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, 'script'), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
