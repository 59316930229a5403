import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { Aedes } from 'aedes';

/** Aedes on a free port, which delivers what is published and keeps nothing of it. */
export async function forgetfulBroker(): Promise<{ url: string; close(): Promise<void> }> {
  const broker = await Aedes.createBroker({
    authorizePublish: (_client, packet, done) => {
      packet.retain = false;
      done(null);
    },
  });
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    broker.handle(socket);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await new Promise<void>((done) => broker.close(() => done()));
    },
  };
}
