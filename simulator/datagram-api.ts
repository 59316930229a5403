import { bytesOf, textOf } from './bytes.ts';
import type { Chip } from './chip.ts';
import type { Events } from './events.ts';
import type { Interpreter } from './interpreter.ts';
import type { Reachability } from './net-api.ts';
import type { DatagramSocket, Dialer, Network } from './network.ts';
import { SOCKET_ERROR, socketErrorText } from './socket-errors.ts';
import type { SocketErrorCode } from './socket-errors.ts';

/** The sockets of a chip, of which there are few. */
export interface Sockets {
  readonly isFull: boolean;
  /** Those for datagrams that are in use, each with its port: 0 while it is bound to none. */
  readonly datagrams: Map<object, number>;
}

/** What a UDP socket needs of its board. */
export interface DatagramHost {
  readonly interpreter: Interpreter;
  readonly events: Events;
  readonly chip: Chip;
  readonly network: Network;
  readonly dialer: Dialer;
  readonly reach: Reachability;
  readonly sockets: Sockets;
}

/** What Espruino for the ESP8266 takes each name for. */
const EVERYBODY = '255.255.255.255';

const isAddress = (host: string): boolean => /^[\d.]+$/.test(host);

/**
 * `require('dgram')`: UDP.
 *
 * On the ESP8266 only a socket that is bound sends, and only to an address; one that is not keeps what it was given,
 * and its slot for ever. One that fails to send is closed, and keeps its slot and its port. What is longer than 268
 * bytes is dropped, with a warning on the console. Elsewhere an empty datagram closes the socket.
 */
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
  private isBound = false;
  private isStuck = false;
  private closed = false;
  /** Whether it has closed by itself: one that was bound is in a second list, which it only leaves by `close`. */
  private isListed = false;

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

  private get isEsp8266(): boolean {
    return this.host.chip.name === 'esp8266';
  }

  private get isReachable(): boolean {
    return this.host.reach.online || this.host.reach.hosting;
  }

  /** `send(text, port, host)` or `send(text, offset, length, port, host)`. */
  private send(text: string, rest: readonly unknown[]): void {
    const { interpreter, reach } = this.host;
    if (!reach.enabled) throw interpreter.error('Not connected to the internet', 'InternalError');
    if (this.closed) throw interpreter.error('This socket is closed');
    const isPart = typeof rest[2] === 'number';
    const part = isPart ? text.slice(Number(rest[0]), Number(rest[0]) + Number(rest[1])) : text;
    const [port, host] = isPart ? rest.slice(2) : rest;
    if (!this.socket) this.open(0);
    if (this.isEsp8266) this.sendByEspconn(part, Number(port), String(host));
    else if (this.isReachable) this.socket?.send(bytesOf(part), Number(port), String(host));
  }

  private sendByEspconn(text: string, port: number, host: string): void {
    if (!this.isBound) this.isStuck = true;
    else if (!this.isReachable) this.die(SOCKET_ERROR.noRoute);
    else this.socket?.send(bytesOf(text), port, isAddress(host) ? host : EVERYBODY);
  }

  private bind(port: number, bound: unknown): object {
    this.open(port);
    this.isBound = true;
    this.host.interpreter.queue(bound, this.handle, [this.handle]);
    return this.handle;
  }

  private open(port: number): void {
    const { network, dialer, sockets, interpreter } = this.host;
    const isTaken = port && [...sockets.datagrams.values()].includes(port);
    if (sockets.isFull || isTaken) {
      this.closed = true;
      throw interpreter.error('Unable to create socket', 'InternalError');
    }
    sockets.datagrams.set(this, port);
    this.socket = network.datagrams(dialer, port, (bytes, from, host) => { this.received(bytes, from, host); });
  }

  private received(bytes: Uint8Array, port: number, address: string): void {
    const { interpreter, events, chip } = this.host;
    if (!this.isReachable || this.closed || this.isStuck) return;
    if (!bytes.length) return this.isEsp8266 ? undefined : this.die(undefined);
    if (this.isEsp8266 && bytes.length > chip.chunk) {
      interpreter.host.print(`WARNING: Recv ${bytes.length} too long (UDP)!`);
      return;
    }
    events.emit(this.handle, 'message', [textOf(bytes), interpreter.object({ address, port, size: bytes.length })]);
  }

  /** Closes by itself. */
  private die(code: SocketErrorCode | undefined): void {
    const { interpreter, events } = this.host;
    this.release();
    this.isListed = this.isBound;
    if (code !== undefined) {
      events.emit(this.handle, 'error', [interpreter.object({ code, message: socketErrorText(code) })]);
    }
    events.emit(this.handle, 'close', [code !== undefined]);
  }

  private close(): void {
    const isFirst = !this.closed;
    if (this.isStuck) this.closed = true;
    if (this.isStuck || !(isFirst || this.isListed)) return;
    this.isListed = false;
    if (isFirst) {
      this.release();
      this.host.sockets.datagrams.delete(this);
    }
    this.host.events.emit(this.handle, 'close', [false]);
  }

  private release(): void {
    this.closed = true;
    this.socket?.close();
    this.socket = undefined;
    if (!this.isEsp8266) this.host.sockets.datagrams.delete(this);
  }
}
