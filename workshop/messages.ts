/**
 * What the workshop's server and its page say to each other over `/events`, one JSON object a message.
 * Types only, so that both sides can import it.
 */

/** One MQTT packet as it went over the wire, ready to be shown. Never holds a password. */
export interface WireRow {
  /** Counts up and never repeats, not even when the server starts again. */
  readonly n: number;
  /** Unix time, ms. */
  readonly at: number;
  /** Client id of the connection; empty until its CONNECT was read. */
  readonly client: string;
  readonly from: 'client' | 'broker';
  /** Packet type in capitals, or `MALFORMED`. */
  readonly type: string;
  readonly bytes: number;
  readonly id?: number;
  readonly topic?: string;
  /** Text, or hexadecimal digits in groups of two when it is not text; cut to a length that a page can show. */
  readonly payload?: string;
  readonly qos?: number;
  readonly retain?: boolean;
  readonly dup?: boolean;
  /** What else the packet says, in words. */
  readonly note?: string;
}

/** How one ring ended, as the device reported it on `rang`. */
export interface Outcome {
  readonly id?: string;
  readonly outcome: string;
  readonly reason?: string;
  readonly ms?: number;
  /** When it was heard, Unix time, ms. */
  readonly at: number;
}

/** A device as the page shows it: what is physically so, and what the broker was told. */
export interface DeviceState {
  readonly id: string;
  readonly groups: readonly string[];
  readonly board: string;
  readonly power: boolean;
  readonly wifi: boolean;
  readonly relay: { readonly pin: string; readonly on: boolean; readonly strokes: number };
  readonly led?: { readonly pin: string; readonly on: boolean };
  readonly button?: { readonly pin: string; readonly down: boolean; readonly rings: readonly string[] };
  /** The retained status topic; empty while nothing was ever published. */
  readonly status: string;
  readonly rang?: Outcome;
  /** The last `info`, as published. */
  readonly info?: Readonly<Record<string, unknown>>;
}

/** Where MQTT clients and browsers reach the workshop. */
export interface Addresses {
  /** Address that others can use: 127.0.0.1, or this machine's in the local network. */
  readonly host: string;
  readonly tcp: number;
  readonly http: number;
}

/** From the server to the page. `hello` comes first on every connection and replaces all that was known. */
export type ServerMessage =
  | { type: 'hello'; addresses: Addresses; devices: readonly DeviceState[]; wire: readonly WireRow[] }
  | { type: 'device'; device: DeviceState }
  | { type: 'stroke'; device: string; on: boolean }
  | { type: 'wire'; rows: readonly WireRow[] };

/** From the page to the server. */
export type PageMessage =
  | { do: 'ring'; name: string; payload: string }
  | { do: 'stop'; name: string }
  | { do: 'power'; device: string; on: boolean }
  | { do: 'wifi'; device: string; on: boolean }
  | { do: 'button'; device: string; down: boolean };
