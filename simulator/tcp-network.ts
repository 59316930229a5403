import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';
import type { Duplex } from 'node:stream';
import { FaultyNetwork } from './faulty-network.ts';
import type { DatagramReceiver, DatagramSocket, Dialer, DialFailure } from './network.ts';

export interface TcpOptions {
  /** Sends a name or port that a board asks for elsewhere, for example to a broker on loopback. */
  readonly map?: (host: string, port: number) => { host: string; port: number };
}

/** The machine's own network. It needs real time. */
export function tcpNetwork(options: TcpOptions = {}): FaultyNetwork {
  return new TcpNetwork(options);
}

class TcpNetwork extends FaultyNetwork {
  constructor(private readonly options: TcpOptions) {
    super();
  }

  protected open(
    host: string, port: number, connected: () => void, failed: (why: DialFailure) => void,
  ): Duplex | DialFailure {
    const socket = net.connect({ ...this.mapped(host, port), noDelay: true });
    let standing = false;
    socket.once('connect', () => { standing = true; connected(); });
    socket.once('error', (error: NodeJS.ErrnoException) => { if (!standing) failed(failureOf(error.code)); });
    return socket;
  }

  lookUp(dialer: Dialer, host: string, found: (address: string | undefined) => void): void {
    dns.lookup(host, 4, (error, address) => {
      dialer.time.touch();
      found(error ? undefined : address);
    });
  }

  datagrams(_dialer: Dialer, port: number, received: DatagramReceiver): DatagramSocket {
    const socket = dgram.createSocket('udp4');
    socket.on('message', (bytes, from) => { received(new Uint8Array(bytes), from.port, from.address); });
    let open = true;
    const close = (): void => {
      if (open) socket.close();
      open = false;
    };
    socket.on('error', close);
    socket.bind(port);
    return {
      send: (bytes, toPort, host) => {
        const to = this.mapped(host, toPort);
        if (open) socket.send(bytes, to.port, to.host, () => undefined);
      },
      close,
    };
  }

  private mapped(host: string, port: number): { host: string; port: number } {
    return this.options.map?.(host, port) ?? { host, port };
  }
}

function failureOf(code: string | undefined): DialFailure {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'unknown host';
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return 'no route';
  return code === 'ETIMEDOUT' ? 'timeout' : 'refused';
}
