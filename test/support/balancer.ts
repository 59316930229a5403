import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** What stands in front of a cluster: one address for all of its nodes. */
export interface Balancer {
  readonly port: number;
  /** Connections that each node has at the moment, in the order of the nodes. */
  connections(): number[];
  close(): Promise<void>;
}

/**
 * Hands each new connection to a node that answers: to the next one each time, or always to the first that does. A
 * cluster across machines has a load balancer for this, or a name with several addresses.
 */
export async function balance(ports: readonly number[], order: 'in turn' | 'first' = 'in turn'): Promise<Balancer> {
  const open = ports.map(() => new Set<Socket>());
  let turn = 0;
  /** Tries one node after the other; nobody answers when there are no more. */
  const reach = (socket: Socket, from: number, left: number): void => {
    if (!left) return void socket.destroy();
    const node = from % ports.length;
    const far = connect({ port: ports[node]!, host: '127.0.0.1', noDelay: true });
    far.once('error', () => reach(socket, from + 1, left - 1)).once('connect', () => {
      far.removeAllListeners('error');
      open[node]!.add(socket);
      join(socket, far);
      socket.once('close', () => open[node]!.delete(socket));
    });
  };
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => undefined);
    reach(socket, order === 'first' ? 0 : turn++, ports.length);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => open.map(({ size }) => size),
    close: async () => {
      for (const sockets of open) for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

/** What comes from one goes to the other, and the end of one is that of the other. */
function join(near: Socket, far: Socket): void {
  for (const [one, other] of [[near, far], [far, near]] as const) {
    one.on('error', () => undefined).once('close', () => other.destroy());
    one.pipe(other);
  }
}
