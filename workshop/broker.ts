import { EventEmitter } from 'node:events';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { duplexPair } from 'node:stream';
import { Aedes } from 'aedes';
import { Tap, tapConnection } from './tap.ts';
import type { Seen } from './tap.ts';

export interface BrokerEvents {
  /** A packet passed, in either direction. */
  packet: [seen: Seen];
  /** A message was published by anybody, wills included. */
  message: [topic: string, payload: Buffer];
}

/** The workshop's broker: one Aedes behind every way in, each connection tapped. */
export class Broker extends EventEmitter<BrokerEvents> {
  private readonly connections = new Set<Duplex>();
  /** MQTT over TCP; not listening yet. */
  readonly tcp: Server = createServer((socket: Socket) => {
    socket.setNoDelay(true);
    this.attach(socket);
  });

  private constructor(private readonly aedes: Aedes) {
    super();
    aedes.on('publish', (packet) => {
      if (!packet.topic.startsWith('$SYS')) this.emit('message', packet.topic, Buffer.from(packet.payload));
    });
    // A client that breaks off or talks nonsense is its own affair; the wire list shows it.
    aedes.on('clientError', () => undefined);
    aedes.on('connectionError', () => undefined);
  }

  static async open(): Promise<Broker> {
    return new Broker(await Aedes.createBroker());
  }

  /** Takes a connection that speaks MQTT: a socket, a WebSocket's stream or one half of a pair. */
  attach(connection: Duplex): void {
    this.connections.add(connection);
    connection.once('close', () => this.connections.delete(connection));
    this.aedes.handle(connection);
    tapConnection(connection, new Tap((seen) => this.emit('packet', seen)));
  }

  /** A connection inside this process, for whoever lives here. */
  dial(): Duplex {
    const [ours, theirs] = duplexPair();
    this.attach(theirs);
    return ours;
  }

  async close(): Promise<void> {
    for (const connection of this.connections) connection.destroy();
    // Its callback reports a server that never listened as an error: both ways it is closed.
    await new Promise<void>((done) => this.tcp.close(() => done()));
    await new Promise<void>((done) => this.aedes.close(() => done()));
  }
}
