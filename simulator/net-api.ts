import type { Chip } from './chip.ts';
import type { Events } from './events.ts';
import type { Interpreter } from './interpreter.ts';
import type { Dialer, Network } from './network.ts';
import { BoardSocket } from './socket.ts';
import { SOCKET_ERROR } from './socket-errors.ts';
import { typeName } from './type-name.ts';

/** What the sockets need to know of the radio. */
export interface Reachability {
  /** Whether packets can leave: an address, and an access point in reach. */
  readonly online: boolean;
  /** Whether Espruino thinks that there is a network: on the ESP8266 always. */
  readonly enabled: boolean;
}

/** What unanswered attempts to connect take, ms: an estimate for six of them. */
const SYN_MS = 18_000;

interface ConnectOptions { host?: unknown; port?: unknown }

/** `require('net')`, the client's half. */
export class Net {
  readonly api: Record<string, unknown>;
  private readonly sockets = new Set<BoardSocket>();

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
      createServer: () => { throw interpreter.error('The simulated board serves nobody'); },
    });
    interpreter.idlers.add(() => this.turn());
    interpreter.closers.add(() => { this.vanish(); });
  }

  /** Sockets in use, of the chip's maximum. */
  get count(): number {
    return this.sockets.size;
  }

  /** Every connection is gone without a word. The board doesn't notice. */
  vanish(): void {
    for (const socket of this.sockets) socket.link?.vanish();
  }

  /** Every connection ends in order, as `load()` and `reset()` do. */
  endAll(): void {
    for (const socket of this.sockets) {
      socket.link?.end();
      socket.link = undefined;
    }
    this.sockets.clear();
  }

  private connect(options: ConnectOptions, callback: unknown): object | undefined {
    if (options === null || typeof options !== 'object') {
      return this.complain(`Expecting Options to be an Object but it was ${typeName(options)}`);
    }
    if (callback !== undefined && typeof callback !== 'function') {
      return this.complain(`Expecting Callback Function but got ${typeName(callback)}`);
    }
    const facts = { chunk: this.chip.chunk, resetIsError: this.chip.name === 'esp8266' };
    if (!this.reach.enabled) throw this.interpreter.error('Not connected to the internet', 'InternalError');
    const socket = new BoardSocket(this.interpreter, this.events, facts, callback);
    const full = this.sockets.size >= this.chip.maxSockets;
    this.sockets.add(socket);
    if (full) throw this.refuse(socket, 'Unable to create socket');
    this.dial(socket, String(options.host ?? '127.0.0.1'), Number(options.port) || 0);
    return socket.handle;
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
