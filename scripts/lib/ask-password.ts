import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { BrokerAddress } from './broker-address.ts';
import type { Io } from './command.ts';

/** Adds the password that is missing beside a user name, by asking for it; what is typed is not shown. */
export async function withPassword(address: BrokerAddress, io: Io): Promise<BrokerAddress> {
  if (!address.username || address.password !== undefined || !process.stdin.isTTY) return address;
  io.err.write(`Password of ${address.username}: `);
  const password = await readSilently(io.signal);
  io.err.write('\n');
  return { ...address, password };
}

function readSilently(signal: AbortSignal): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  return new Promise((done) => {
    const end = (text: string) => {
      lines.close();
      done(text);
    };
    signal.addEventListener('abort', () => end(''), { once: true });
    lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
    lines.once('line', end);
  });
}
