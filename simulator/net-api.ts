import type { Chip } from './chip.ts';
import type { Events } from './events.ts';
import type { Interpreter } from './interpreter.ts';
import type { Arrival, Dialer, Network } from './network.ts';
import { BoardSocket } from './socket.ts';
import type { SocketFacts } from './socket.ts';
import { SOCKET_ERROR } from './socket-errors.ts';
import { typeName } from './type-name.ts';

/** What the sockets need to know of the radio. */
export interface Reachability {
  /** Whether packets can leave: an address, and an access point in reach. */
  readonly online: boolean;
  /** Whether a phone may have joined the board's own network. */
  readonly hosting: boolean;
  /** Whether Espruino thinks that there is a network: on the ESP8266 always. */
  readonly enabled: boolean;
}

/** What unanswered attempts to connect take, ms: an estimate for six of them. */
const SYN_MS = 18_000;

interface ConnectOptions { host?: unknown; port?: unknown }

/** A server that listens. */
interface Listening { close(): void }

/** `require('net')`. */
export class Net {
  readonly api: Record<string, unknown>;
  private readonly sockets = new Set<BoardSocket>();
  private readonly servers = new Set<Listening>();
  /** Those of UDP that are in use, each with its port. */
  readonly datagrams = new Map<object, number>();
  /** Sockets of those who have come over the board's own network. */
  private readonly guests = new WeakSet<BoardSocket>();

  constructor(
    private readonly interpreter: Interpreter,
    private readonly events: Events,
    private readonly chip: Chip,
    private readonly network: Network,
    private readonly dialer: Dialer,
    private readonly reach: Reachability,
    private readonly freeze: (ms: number) => void,
  ) {
    this.api = interpreter.object({
      connect: (options: ConnectOptions, callback: unknown) => this.connect(options, callback),
      createServer: (callback: unknown) => this.createServer(callback),
    });
    interpreter.idlers.add(() => this.turn());
    interpreter.closers.add(() => {
      this.vanish();
      this.vanish(true);
      this.closeServers();
    });
  }

  /** Sockets in use, of the chip's maximum. */
  get count(): number {
    return this.sockets.size + this.servers.size + this.datagrams.size;
  }

  get isFull(): boolean {
    return this.count >= this.chip.maxSockets;
  }

  /** Connections of the station, or of guests, are gone without a word. The board doesn't notice. */
  vanish(ofGuests = false): void {
    for (const socket of this.sockets) if (this.guests.has(socket) === ofGuests) socket.link?.vanish();
  }

  /** Every connection ends in order, as `load()` and `reset()` do. */
  endAll(): void {
    for (const socket of this.sockets) {
      socket.link?.end();
      socket.link = undefined;
    }
    this.sockets.clear();
    this.closeServers();
  }

  private closeServers(): void {
    for (const server of this.servers) server.close();
    this.servers.clear();
  }

  private createServer(callback: unknown): object | undefined {
    if (typeof callback !== 'function') {
      return this.complain(`Expecting Callback Function but got ${typeName(callback)}`);
    }
    let listening: Listening | undefined;
    const close = (): void => {
      listening?.close();
      if (listening) this.servers.delete(listening);
      listening = undefined;
    };
    const server: Record<string, unknown> = this.interpreter.object({
      listen: (port: unknown) => {
        if (this.isFull) throw this.interpreter.error('Unable to create socket', 'InternalError');
        listening = this.network.listen(this.dialer, Number(port), (arrival) => this.arrive(arrival, server, callback));
        this.servers.add(listening);
        return server;
      },
      close,
    });
    return server;
  }

  /** Somebody connects to a server. */
  private arrive(arrival: Arrival, server: object, callback: unknown): boolean {
    const { online, hosting } = this.reach;
    if (!(online || hosting) || this.isFull) return false;
    const socket = new BoardSocket(this.interpreter, this.events, this.facts, undefined);
    if (hosting) this.guests.add(socket);
    this.sockets.add(socket);
    socket.link = arrival(socket);
    this.interpreter.queue(callback, server, [socket.handle]);
    socket.accepted();
    return true;
  }

  private connect(options: ConnectOptions, callback: unknown): object | undefined {
    if (options === null || typeof options !== 'object') {
      return this.complain(`Expecting Options to be an Object but it was ${typeName(options)}`);
    }
    if (callback !== undefined && typeof callback !== 'function') {
      return this.complain(`Expecting Callback Function but got ${typeName(callback)}`);
    }
    if (!this.reach.enabled) throw this.interpreter.error('Not connected to the internet', 'InternalError');
    const socket = new BoardSocket(this.interpreter, this.events, this.facts, callback);
    const wasFull = this.isFull;
    this.sockets.add(socket);
    if (wasFull) throw this.refuse(socket, 'Unable to create socket');
    this.dial(socket, String(options.host ?? '127.0.0.1'), Number(options.port) || 0);
    return socket.handle;
  }

  private get facts(): SocketFacts {
    return { chunk: this.chip.chunk, resetIsError: this.chip.name === 'esp8266' };
  }

  private complain(message: string): undefined {
    this.interpreter.host.print(`ERROR: ${message}`);
    return undefined;
  }

  private dial(socket: BoardSocket, host: string, port: number): void {
    const isName = !/^\d+\.\d+\.\d+\.\d+$/.test(host);
    const asynchronous = this.chip.name === 'esp8266';
    if (!this.reach.online) return this.dialOffline(socket, isName, asynchronous);
    const link = this.network.dial(this.dialer, host, port, socket);
    if (typeof link !== 'string') {
      socket.link = link;
      return;
    }
    // The ESP8266 has no time-out of its own; the others wait with everything standing still.
    if (asynchronous) return link === 'timeout' ? undefined : socket.failed(link);
    if (link === 'timeout') this.freeze(SYN_MS);
    throw this.refuse(socket, link === 'unknown host' ? 'Unable to locate host' : 'Unable to create socket');
  }

  private dialOffline(socket: BoardSocket, isName: boolean, asynchronous: boolean): void {
    if (isName && asynchronous) return socket.fail(SOCKET_ERROR.notFound);
    throw this.refuse(socket, isName ? 'Unable to locate host' : 'Unable to create socket');
  }

  private refuse(socket: BoardSocket, message: string): Error {
    socket.abandon();
    return this.interpreter.error(message, 'InternalError');
  }

  private turn(): boolean {
    for (const socket of [...this.sockets]) {
      if (socket.turn()) this.sockets.delete(socket);
    }
    return [...this.sockets].some((socket) => socket.busy);
  }
}
