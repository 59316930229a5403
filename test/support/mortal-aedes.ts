import { duplexPair } from 'node:stream';
import type { Duplex } from 'node:stream';
import { aedesInMemory } from './brokers.ts';
import type { Login, MortalBroker } from './brokers.ts';

/** What a socket is that nobody answers. */
function refused(): Duplex {
  const [stream] = duplexPair();
  setImmediate(() => stream.destroy(new Error('refused')));
  return stream;
}

/** Aedes, in memory. Its sessions outlive the kill, because only its connections die. */
export async function mortalAedes(login?: Login): Promise<MortalBroker> {
  const aedes = await aedesInMemory(login);
  const streams = new Set<Duplex>();
  let alive = true;
  const connect = () => {
    if (!alive) return refused();
    const stream = aedes.connect();
    streams.add(stream);
    return stream.once('close', () => streams.delete(stream)).on('error', () => undefined);
  };
  return {
    maxQos: 2,
    connect,
    stop: () => aedes.stop(),
    kill: async () => {
      alive = false;
      streams.forEach((stream) => stream.destroy());
    },
    revive: async () => {
      alive = true;
    },
  };
}
