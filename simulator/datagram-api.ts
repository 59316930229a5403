import { bytesOf, textOf } from './bytes.ts';
import type { Chip } from './chip.ts';
import type { Events } from './events.ts';
import type { Interpreter } from './interpreter.ts';
import type { Reachability } from './net-api.ts';
import type { DatagramSocket, Dialer, Network } from './network.ts';

/** What a UDP socket needs of its board. */
export interface DatagramHost {
  readonly interpreter: Interpreter;
  readonly events: Events;
  readonly chip: Chip;
  readonly network: Network;
  readonly dialer: Dialer;
  readonly reach: Reachability;
}

/** `require('dgram')`: UDP. The ESP8266 drops what is longer than 268 bytes, with a warning on its console. */
export function datagramApi(host: DatagramHost): Record<string, unknown> {
  const createSocket = (_type: unknown, callback?: unknown): object => {
    const { handle } = new BoardDatagrams(host);
    if (typeof callback === 'function') host.events.add(handle, 'message', callback as () => void, false);
    return handle;
  };
  return host.interpreter.object({ createSocket });
}

class BoardDatagrams {
  readonly handle: Record<string, unknown>;
  private socket: DatagramSocket | undefined;
  private closed = false;

  constructor(private readonly host: DatagramHost) {
    const { interpreter } = host;
    this.handle = interpreter.object({
      send: (data: unknown, ...rest: unknown[]) => { this.send(String(data), rest); },
      bind: (port: unknown, bound: unknown) => this.bind(Number(port) || 0, bound),
      close: () => { this.close(); },
      addMembership: () => undefined,
    });
    interpreter.closers.add(() => { this.release(); });
  }

  /** `send(text, port, host)` or `send(text, offset, length, port, host)`. */
  private send(text: string, rest: readonly unknown[]): void {
    const { interpreter, reach } = this.host;
    if (!reach.enabled) throw interpreter.error('Not connected to the internet', 'InternalError');
    if (this.closed) throw interpreter.error('This socket is closed');
    const isPart = typeof rest[2] === 'number';
    const part = isPart ? text.slice(Number(rest[0]), Number(rest[0]) + Number(rest[1])) : text;
    const [port, host] = isPart ? rest.slice(2) : rest;
    if (reach.online || reach.hosting) this.open(0).send(bytesOf(part), Number(port), String(host));
  }

  private bind(port: number, bound: unknown): object {
    this.open(port);
    this.host.interpreter.queue(bound, this.handle, [this.handle]);
    return this.handle;
  }

  private open(port: number): DatagramSocket {
    const { network, dialer } = this.host;
    this.socket ??= network.datagrams(dialer, port, (bytes, from, host) => { this.received(bytes, from, host); });
    return this.socket;
  }

  private received(bytes: Uint8Array, port: number, address: string): void {
    const { interpreter, events, chip, reach } = this.host;
    if (!(reach.online || reach.hosting) || this.closed) return;
    if (chip.name === 'esp8266' && bytes.length > chip.chunk) {
      interpreter.host.print(`WARNING: Recv ${bytes.length} too long (UDP)!`);
      return;
    }
    events.emit(this.handle, 'message', [textOf(bytes), interpreter.object({ address, port, size: bytes.length })]);
  }

  private close(): void {
    if (this.closed) return;
    this.release();
    this.host.events.emit(this.handle, 'close', [false]);
  }

  private release(): void {
    this.closed = true;
    this.socket?.close();
    this.socket = undefined;
  }
}
