import type { Duplex } from 'node:stream';
import { FaultyNetwork } from './faulty-network.ts';
import type { DatagramReceiver, DatagramSocket, Dialer, DialFailure } from './network.ts';

/** Gives the board's end of a connection; undefined: refused, an exception: no such host. */
export type Connect = (host: string, port: number) => Duplex | undefined;
/** Answers a datagram by calling `reply`, once, often or never. */
export type Answer = (host: string, port: number, bytes: Uint8Array, reply: (bytes: Uint8Array) => void) => void;

/**
 * A network without sockets: hand it, say, one end of a pair of which a broker has the other.
 *
 * With `VirtualTime` everything that is sent arrives before the next task of the board runs.
 */
export function memoryNetwork(connect: Connect, answer?: Answer): FaultyNetwork {
  return new MemoryNetwork(connect, answer);
}

class MemoryNetwork extends FaultyNetwork {
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

  datagrams(dialer: Dialer, _port: number, received: DatagramReceiver): DatagramSocket {
    let open = true;
    const send = (bytes: Uint8Array, port: number, host: string): void => {
      dialer.time.touch();
      this.answer?.(host, port, bytes, (reply) => {
        dialer.time.touch();
        dialer.time.after(2 * this.latencyMs, () => { if (open) received(reply, port, host); });
      });
    };
    return { send, close: () => { open = false; } };
  }
}
