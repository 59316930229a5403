import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { freePort } from './free-port.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Where Mosquitto is: what `MOSQUITTO_BIN` says, else the PATH and where daemons live. */
export function findMosquitto(env: Env): string | undefined {
  const folders = [...(env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  const given = env['MOSQUITTO_BIN'];
  const places = given ? [given] : folders.map((folder) => join(folder, 'mosquitto'));
  return places.find((place) => {
    try {
      accessSync(place, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Mosquitto as a child of this process. It keeps nothing on disk. */
export interface Mosquitto {
  readonly port: number;
  /** It is gone at once, with all that it had in memory. */
  kill(): Promise<void>;
  /** It is there again, on its port. */
  revive(): Promise<void>;
  stop(): Promise<void>;
}

/** Lines that let as many messages wait as there are. */
const UNBOUNDED = ['max_queued_messages 0'];

/**
 * Mosquitto on a free port of this machine, with these lines in its configuration; without `set_tcp_nodelay` one would
 * measure Nagle's delay.
 */
export async function startMosquitto(bin: string, lines: readonly string[] = UNBOUNDED): Promise<Mosquitto> {
  const folder = mkdtempSync(join(tmpdir(), 'bell-bench-'));
  const port = await freePort();
  const config = join(folder, 'mosquitto.conf');
  writeFileSync(config, [
    `listener ${port} 127.0.0.1`, 'allow_anonymous true', 'persistence false', 'set_tcp_nodelay true', ...lines, '',
  ].join('\n'));
  let end: (signal: NodeJS.Signals) => Promise<void> = () => Promise.resolve();
  const revive = async (): Promise<void> => {
    const child = spawn(bin, ['-c', config], { stdio: 'ignore' });
    const gone = new Promise<void>((done) => child.once('close', () => done()));
    child.once('error', () => undefined);
    const kill = (): void => void child.kill('SIGKILL');
    process.once('exit', kill);
    end = (signal) => {
      process.removeListener('exit', kill);
      child.kill(signal);
      return gone;
    };
    while (!(await answers(port))) await new Promise((done) => setTimeout(done, 50));
  };
  await revive();
  return {
    port,
    kill: () => end('SIGKILL'),
    revive,
    async stop() {
      await end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => done(false));
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
  });
}
