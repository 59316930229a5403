import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { duplexPair } from 'node:stream';
import type { Duplex } from 'node:stream';

/** Cuts a stream of MQTT into packets. */
function framer(packet: (bytes: Buffer) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (let end = endOf(rest); end; end = endOf(rest)) {
      packet(rest.subarray(0, end));
      rest = rest.subarray(end);
    }
  };
}

/** Length of the first packet, or 0 when it is not all there. Section 2.2.3 of MQTT 3.1.1. */
function endOf(bytes: Buffer): number {
  let length = 0;
  for (let at = 1; at < Math.min(bytes.length, 5); at++) {
    const byte = bytes[at]!;
    length += (byte & 127) << (7 * (at - 1));
    if (byte < 128) return at + 1 + length <= bytes.length ? at + 1 + length : 0;
  }
  return 0;
}

/** One connection that goes over the wire. */
interface Strand {
  device: Duplex;
  broker: Duplex;
  silent: boolean;
}

/** What lies between a device and its broker: sees each packet that the device sends, and can lose it, or more. */
export class Wire {
  /** Types of the packets that the device has sent, from 1 for CONNECT. */
  readonly sent: number[] = [];
  /** Bytes of the packets from the device that the broker is to get; undefined loses them. */
  filter: (packet: Buffer, type: number) => Buffer | undefined = (packet) => packet;
  /** The same for packets from the broker. */
  answers: (packet: Buffer, type: number) => Buffer | undefined = (packet) => packet;
  private readonly strands = new Set<Strand>();

  /** `connect` makes the broker's side of a connection; undefined when there is none. */
  constructor(public connect: () => Duplex | undefined) {}

  /** A new connection, in memory. */
  dial(): Duplex | undefined {
    const broker = this.connect();
    if (!broker) return undefined;
    const [far, near] = duplexPair();
    far.once('close', () => near.destroy());
    near.once('close', () => far.destroy());
    this.join(near, broker);
    return far;
  }

  /** A TCP port on loopback that leads to the same place; gives its number and what closes it. */
  async listen(): Promise<{ port: number; close(): void }> {
    const server = createServer((socket) => {
      const broker = this.connect();
      if (broker) this.join(socket.setNoDelay(true), broker);
      else socket.destroy();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return { port: (server.address() as AddressInfo).port, close: () => server.close() };
  }

  /** Connections that stand. */
  get count(): number {
    return this.strands.size;
  }

  /** Ends every connection, at once. */
  cut(): void {
    this.strands.forEach((strand) => strand.device.destroy());
  }

  /** Nothing passes over the connections that stand, and nobody is told. */
  silence(): void {
    this.strands.forEach((strand) => (strand.silent = true));
  }

  /** Bytes for the device, as if the broker had sent them. */
  inject(bytes: Uint8Array): void {
    this.strands.forEach((strand) => {
      if (!strand.silent) strand.device.write(bytes);
    });
  }

  private join(device: Duplex, broker: Duplex): void {
    const strand: Strand = { device, broker, silent: false };
    this.strands.add(strand);
    const gone = () => {
      this.strands.delete(strand);
      device.destroy();
      // A peer that is gone without a word is not there to end the other side.
      if (!strand.silent) broker.destroy();
    };
    for (const end of [device, broker]) end.on('error', () => undefined).once('close', gone);
    device.on('data', framer((packet) => this.forward(packet, strand)));
    broker.on('data', framer((packet) => {
      const bytes = strand.silent ? undefined : this.answers(packet, packet[0]! >> 4);
      if (bytes) device.write(bytes);
    }));
  }

  private forward(packet: Buffer, strand: Strand): void {
    const type = packet[0]! >> 4;
    this.sent.push(type);
    const bytes = strand.silent ? undefined : this.filter(packet, type);
    if (bytes) strand.broker.write(bytes);
  }
}
