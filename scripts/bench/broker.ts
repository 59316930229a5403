import { createServer, type AddressInfo, type Socket } from 'node:net';
import { duplexPair, type Duplex } from 'node:stream';
import { Aedes } from 'aedes';
import type { AedesPublishPacket } from 'aedes';
import mqttPacket from 'mqtt-packet';
import type { Packet } from 'mqtt-packet';

/** The broker that the variables are counted with: in this process, so that its faults are ours. */
export interface BenchBroker {
  readonly port: number;
  publish(topic: string, payload: string, qos: 0 | 1): void;
  /** Keeps bytes for whoever subscribes, and hands them to those who have. */
  retain(topic: string, bytes: Uint8Array): void;
  /** Calls back for each message that any client has published. Gives what ends that. */
  listen(heard: (topic: string, payload: string) => void): () => void;
  /** Calls back for each message that a client has acknowledged. */
  acknowledged(heard: () => void): () => void;
  /** Destroys every connection. */
  cut(): void;
  /**
   * From the next connection on: bytes of a piece (0 for as it comes), whether messages are acknowledged, and whether
   * it is refused.
   */
  shape: { piece: number; acknowledge: boolean; refuse: boolean };
  stop(): Promise<void>;
}

/** Starts it on a free port of this machine. */
export async function startBenchBroker(): Promise<BenchBroker> {
  const aedes = await Aedes.createBroker();
  // Each that waits for a message listens by itself.
  aedes.setMaxListeners(100);
  aedes.on('connectionError', () => undefined);
  aedes.on('clientError', () => undefined);
  const sockets = new Set<Socket>();
  const shape = { piece: 0, acknowledge: true, refuse: false };
  const server = createServer((socket) => {
    if (shape.refuse) return void socket.on('error', () => undefined).destroy();
    sockets.add(socket.setNoDelay(true));
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    aedes.handle(shape.piece > 0 || !shape.acknowledge ? shaped(socket, shape) : socket);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const cut = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    port: (server.address() as AddressInfo).port,
    shape,
    publish: (topic, payload, qos) => {
      aedes.publish({ cmd: 'publish', topic, payload, qos, retain: false, dup: false }, () => undefined);
    },
    retain: (topic, bytes) => {
      const payload = Buffer.from(bytes);
      aedes.publish({ cmd: 'publish', topic, payload, qos: 1, retain: true, dup: false }, () => undefined);
    },
    listen(heard) {
      const hear = (packet: AedesPublishPacket): void => heard(packet.topic, packet.payload.toString('latin1'));
      aedes.on('publish', hear);
      return () => void aedes.off('publish', hear);
    },
    acknowledged(heard) {
      aedes.on('ack', heard);
      return () => void aedes.off('ack', heard);
    },
    cut,
    async stop() {
      cut();
      server.close();
      await new Promise<void>((done) => aedes.close(() => done()));
    },
  };
}

/** A connection of which the broker's side is changed on its way. */
function shaped(socket: Socket, { piece, acknowledge }: BenchBroker['shape']): Duplex {
  const [ours, theirs] = duplexPair();
  const parser = mqttPacket.parser();
  const queue: Buffer[] = [];
  let timer: NodeJS.Timeout | undefined;
  const send = (): void => {
    const next = queue.shift();
    timer = next && setTimeout(send, 2);
    if (next && !socket.destroyed) socket.write(next);
  };
  parser.on('packet', (packet: Packet) => {
    if (!acknowledge && packet.cmd === 'puback') return;
    const bytes = mqttPacket.generate(packet);
    const size = piece || bytes.length;
    for (let at = 0; at < bytes.length; at += size) queue.push(bytes.subarray(at, at + size));
    if (!timer) send();
  });
  ours.on('data', (bytes: Buffer) => void parser.parse(bytes));
  socket.pipe(ours);
  ours.on('close', () => socket.destroy());
  socket.on('close', () => ours.destroy());
  ours.on('error', () => undefined);
  theirs.on('error', () => undefined);
  return theirs;
}
