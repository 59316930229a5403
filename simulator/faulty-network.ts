import { duplexPair } from 'node:stream';
import type { Duplex } from 'node:stream';
import { Carrier } from './carrier.ts';
import type { Weather } from './carrier.ts';
import type {
  Arrival, DatagramReceiver, DatagramSocket, Dialer, DialFailure, Link, LinkEvents, SimulatedNetwork,
} from './network.ts';

/** Keeps the open links and applies the faults; how a connection is really made is up to its heirs. */
export abstract class FaultyNetwork implements SimulatedNetwork, Weather {
  latencyMs = 0;
  private sizes: readonly number[] = [];
  private turn = 0;
  private lost = false;
  private readonly carriers = new Set<Carrier>();
  private readonly servers = new Map<string, { dialer: Dialer; arrive: (arrival: Arrival) => boolean }>();

  /** Makes the connection. `connected` is to be called once it stands, `failed` when it won't. */
  protected abstract open(
    host: string, port: number, connected: () => void, failed: (why: DialFailure) => void,
  ): Duplex | DialFailure;

  abstract lookUp(dialer: Dialer, host: string, found: (address: string | undefined) => void): void;

  abstract datagrams(dialer: Dialer, port: number, received: DatagramReceiver): DatagramSocket;

  dial(dialer: Dialer, host: string, port: number, events: LinkEvents): Link | DialFailure {
    if (this.lost) return 'timeout';
    const held: { carrier?: Carrier } = {};
    let early = false;
    let over = false;
    const connected = (): void => { if (held.carrier) held.carrier.opened(); else early = true; };
    const failed = (why: DialFailure): void => {
      if (over) return;
      over = true;
      held.carrier?.vanish();
      events.failed(why);
    };
    const stream = this.open(host, port, connected, failed);
    if (typeof stream === 'string') return stream;
    const carrier = held.carrier = new Carrier(dialer, stream, events, this);
    if (early) carrier.opened();
    this.keep(carrier, stream);
    return carrier;
  }

  listen(dialer: Dialer, port: number, arrive: (arrival: Arrival) => boolean): { close(): void } {
    const name = `${dialer.mac} ${port}`;
    const server = { dialer, arrive };
    this.servers.set(name, server);
    return { close: () => { if (this.servers.get(name) === server) this.servers.delete(name); } };
  }

  /** Connects to a port of a board, as a phone in its network does; undefined when nobody answers there. */
  visit(mac: string, port: number): Duplex | undefined {
    const server = this.servers.get(`${mac} ${port}`);
    if (!server) return undefined;
    const [near, far] = duplexPair();
    near.once('close', () => far.destroy());
    far.once('close', () => near.destroy());
    server.dialer.time.touch();
    const taken = server.arrive((events) => {
      const carrier = new Carrier(server.dialer, far, events, this);
      this.keep(carrier, far);
      return carrier;
    });
    return taken ? near : undefined;
  }

  nextPiece(): number {
    return this.sizes.length ? this.sizes[this.turn++ % this.sizes.length] as number : 0;
  }

  halfOpen(mac?: string): void {
    for (const carrier of this.of(mac)) carrier.vanish();
  }

  cut(how: 'reset' | 'end' = 'reset', mac?: string): void {
    for (const carrier of this.of(mac)) carrier.cut(how);
  }

  split(sizes: number | readonly number[] = []): void {
    this.sizes = typeof sizes === 'number' ? [sizes].filter(Boolean) : sizes;
    this.turn = 0;
  }

  latency(ms: number): void {
    this.latencyMs = ms;
  }

  unreachable(on: boolean): void {
    this.lost = on;
  }

  /** Ends every connection, also those that have gone silent: for the end of a program. */
  close(): void {
    for (const carrier of this.carriers) carrier.close();
  }

  /** Connections that still carry something. */
  get links(): number {
    return this.of(undefined).length;
  }

  private of(mac: string | undefined): Carrier[] {
    return [...this.carriers].filter((carrier) => carrier.open && (!mac || carrier.dialer.mac === mac));
  }

  private keep(carrier: Carrier, stream: Duplex): void {
    this.carriers.add(carrier);
    stream.once('close', () => { this.carriers.delete(carrier); });
  }
}
