import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Link } from '../../firmware/core/contracts.ts';
import type { Listener } from './pipe-link.ts';

/** A link over a stream of Node's, a TCP socket for one, that gives the client its bytes as a chip's socket would. */
export class TcpLink implements Link {
  private readonly stream: Duplex;
  private listener: Listener | undefined;

  /** `chunk` is the most bytes that arrive at once: 268 on an ESP8266, 536 on an ESP32. */
  constructor(stream: Duplex, listener: Listener, chunk: number) {
    this.stream = stream;
    this.listener = listener;
    const isConnecting = 'connecting' in stream && (stream as Socket).connecting;
    if (isConnecting) stream.once('connect', () => this.listener?.opened());
    else queueMicrotask(() => this.listener?.opened());
    stream.on('data', (bytes: Buffer) => {
      for (let at = 0; at < bytes.length; at += chunk) {
        this.listener?.received(bytes.subarray(at, at + chunk).toString('latin1'));
      }
    });
    stream.on('error', (error: Error) => this.listener?.closed(error.message));
    stream.on('close', () => this.listener?.closed('connection lost'));
  }

  write(bytes: string): void {
    if (this.stream.destroyed || this.stream.writableEnded) throw new Error('This socket is closed');
    this.stream.write(Buffer.from(bytes, 'latin1'));
  }

  end(): void {
    this.stream.end();
  }

  removeAllListeners(): void {
    this.listener = undefined;
  }

  /** The network takes the connection away: what is not sent yet is lost. */
  cut(): void {
    this.stream.destroy();
  }
}
