import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { MortalBroker } from './brokers.ts';

/** Leaders of the process groups that run for us, and the folders that they use. */
const running = new Set<number>();
const folders = new Set<string>();

process.on('exit', () => {
  running.forEach((group) => process.kill(-group, 'SIGKILL'));
  folders.forEach((folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
});
// For each signal, because a second one would end us before all is cleaned up.
['SIGINT', 'SIGTERM'].forEach((signal) => process.on(signal, () => process.exit(1)));

/** A folder that does not survive us. */
export function privateFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `bell-${name}-`));
  folders.add(folder);
  return folder;
}

/** A child that does not survive us, nor do its own children: RabbitMQ's is a shell that starts the broker. */
export function start(program: string, args: string[], env: Record<string, string>): ChildProcess {
  const child = spawn(program, args, { env: { PATH: process.env['PATH'], ...env }, stdio: 'ignore', detached: true });
  const group = child.pid;
  if (group === undefined) throw new Error(`${program} cannot be started`);
  running.add(group);
  // A broker that nobody stops must not keep a test from ending.
  child.unref();
  child.once('exit', () => running.delete(group));
  return child;
}

/** Asks a child to end, and waits until it has. */
export async function ended(child: ChildProcess): Promise<void> {
  await gone(child, () => child.kill('SIGTERM'));
}

/** Ends a child and its own children at once: they have no time to tell anybody. */
async function crashed(child: ChildProcess): Promise<void> {
  await gone(child, () => process.kill(-child.pid!, 'SIGKILL'));
}

async function gone(child: ChildProcess, kill: () => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.ref();
  kill();
  await exit;
}

/** A broker that runs as a child. */
export interface ChildBroker extends MortalBroker {
  /** It is gone without a word to anybody: a crash, or the power. */
  crash(): Promise<void>;
}

/** A broker that runs as a child, once its port answers. */
export async function started(
  launch: () => ChildProcess, port: number, maxQos: 1 | 2, folder: string,
): Promise<ChildBroker> {
  let child: ChildProcess;
  const revive = async () => {
    child = launch();
    while (!(await answers(port))) {
      if (child.exitCode !== null) throw new Error(`${child.spawnfile} did not start`);
      await wait(100);
    }
  };
  await revive();
  return {
    maxQos,
    connect: () => connect(port, '127.0.0.1'),
    kill: () => ended(child),
    crash: () => crashed(child),
    revive,
    stop: async () => {
      await ended(child);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
