import type { Time } from './time.ts';

/** Why a connection could not be made. */
export type DialFailure = 'unknown host' | 'no route' | 'refused' | 'timeout';

/** What a connection tells the board. */
export interface LinkEvents {
  opened(): void;
  failed(why: DialFailure): void;
  received(bytes: Uint8Array): void;
  /** The peer has ended: 'end' in order, 'reset' at once. */
  ended(how: 'end' | 'reset'): void;
}

/** A connection as the board holds it. */
export interface Link {
  send(bytes: Uint8Array): void;
  /** Ends in order; the peer sees it. */
  end(): void;
  /** Is gone without a word: power cut, reset, out of range. The peer sees nothing. */
  vanish(): void;
}

/** Takes a datagram and where it came from. */
export type DatagramReceiver = (bytes: Uint8Array, port: number, host: string) => void;

export interface DatagramSocket {
  send(bytes: Uint8Array, port: number, host: string): void;
  close(): void;
}

/** Who dials: the board's MAC address, so that a fault can hit one board of many. */
export interface Dialer {
  readonly mac: string;
  readonly time: Time;
}

/** A connection that somebody makes to a board: takes who hears of its events, and gives the board's end. */
export type Arrival = (events: LinkEvents) => Link;

/** What is behind a board's radio. */
export interface Network {
  /** Opens a connection. A failure that is known at once is given back instead of reported later. */
  dial(dialer: Dialer, host: string, port: number, events: LinkEvents): Link | DialFailure;
  /** Takes connections to a port of the board, until `close`. `arrive` says whether the board takes one. */
  listen(dialer: Dialer, port: number, arrive: (arrival: Arrival) => boolean): { close(): void };
  /** Finds the address of a name; undefined when there is none. An address is its own. */
  lookUp(dialer: Dialer, host: string, found: (address: string | undefined) => void): void;
  /** Opens a UDP socket, on any port with 0. */
  datagrams(dialer: Dialer, port: number, received: DatagramReceiver): DatagramSocket;
}

/** The network faults that a test or the workshop can switch on. Without a board they hit every board. */
export interface Faults {
  /** From now nothing passes in either direction over the links that are open, and nobody is told. */
  halfOpen(mac?: string): void;
  /** Ends the links that are open: 'reset' for both sides, or 'end' in order. */
  cut(how?: 'reset' | 'end', mac?: string): void;
  /** Delivers to boards in pieces of these sizes, in turn; 0 or nothing: whole. */
  split(sizes?: number | readonly number[]): void;
  /** Delays everything, in each direction. */
  latency(ms: number): void;
  /** While true new connections are never answered. */
  unreachable(on: boolean): void;
}

export type SimulatedNetwork = Network & Faults;
