import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { Broker } from './brokers.ts';

/** A port of this machine that leads to a broker, for what connects by URL. */
export async function portOf(broker: Broker): Promise<{ url: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    const stream = broker.connect();
    stream.on('error', () => socket.destroy()).on('close', () => socket.destroy());
    socket.on('error', () => stream.destroy()).on('close', () => stream.destroy());
    socket.pipe(stream).pipe(socket);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
