import type { Duplex } from 'node:stream';
import { FaultyNetwork } from './faulty-network.ts';
import type { DatagramReceiver, DatagramSocket, Dialer, DialFailure } from './network.ts';

/** Gives the board's end of a connection; undefined: refused, an exception: no such host. */
export type Connect = (host: string, port: number) => Duplex | undefined;
/** Answers a datagram by calling `reply`, once, often or never. */
export type Answer = (host: string, port: number, bytes: Uint8Array, reply: (bytes: Uint8Array) => void) => void;

/** Where datagrams of a phone in a board's own network come from. */
const GUEST = { host: '192.168.4.2', port: 50000 };

/**
 * A network without sockets: hand it, say, one end of a pair of which a broker has the other.
 *
 * With `VirtualTime` everything that is sent arrives before the next task of the board runs.
 */
export function memoryNetwork(connect: Connect, answer?: Answer): MemoryNetwork {
  return new MemoryNetwork(connect, answer);
}

/** The address of every name. */
const ADDRESS = '192.0.2.1';

/** A port that a board hears datagrams at. */
interface Bound {
  readonly dialer: Dialer;
  readonly received: DatagramReceiver;
  reply: (bytes: Uint8Array) => void;
}

export class MemoryNetwork extends FaultyNetwork {
  /** Names that have no address. */
  readonly unknown = new Set<string>();
  private readonly bound = new Map<string, Bound>();

  constructor(private readonly connect: Connect, private readonly answer: Answer | undefined) {
    super();
  }

  protected open(host: string, port: number, connected: () => void): Duplex | DialFailure {
    let stream: Duplex | undefined;
    try {
      stream = this.connect(host, port);
    } catch {
      return 'unknown host';
    }
    if (!stream) return 'refused';
    connected();
    return stream;
  }

  /** Sends a datagram to a port of a board from a phone in its network; `reply` hears what comes back. */
  post(mac: string, port: number, bytes: Uint8Array, reply: (bytes: Uint8Array) => void): boolean {
    const socket = this.bound.get(`${mac} ${port}`);
    if (!socket) return false;
    socket.reply = reply;
    socket.dialer.time.touch();
    socket.dialer.time.after(this.latencyMs, () => { socket.received(bytes, GUEST.port, GUEST.host); });
    return true;
  }

  lookUp(dialer: Dialer, host: string, found: (address: string | undefined) => void): void {
    const address = /^[\d.]+$/.test(host) ? host : this.unknown.has(host) ? undefined : ADDRESS;
    dialer.time.after(2 * this.latencyMs, () => { found(address); });
  }

  datagrams(dialer: Dialer, ownPort: number, received: DatagramReceiver): DatagramSocket {
    let open = true;
    const name = `${dialer.mac} ${ownPort}`;
    const socket = { dialer, received, reply: (_bytes: Uint8Array): void => undefined };
    if (ownPort) this.bound.set(name, socket);
    const send = (bytes: Uint8Array, port: number, host: string): void => {
      dialer.time.touch();
      if (host === GUEST.host && port === GUEST.port) return socket.reply(bytes);
      this.answer?.(host, port, bytes, (reply) => {
        dialer.time.touch();
        dialer.time.after(2 * this.latencyMs, () => { if (open) received(reply, port, host); });
      });
    };
    const close = (): void => {
      open = false;
      if (this.bound.get(name) === socket) this.bound.delete(name);
    };
    return { send, close };
  }
}
