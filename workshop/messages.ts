/**
 * What the workshop's server and its page say to each other over `/events`, one JSON object a message.
 * Types only, so that both sides can import it.
 */
import type { State } from '../scripts/lib/update/status.ts';
import type { FaultName } from './bad-images.ts';

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

/** How the last update of a device goes, by what it reports and by what is seen on the wire. */
export interface UpdateView {
  /** The states of `update/status`, and what is seen before a device says it. */
  readonly phase: State | 'asked' | 'went back';
  /** Of the manifest. */
  readonly serial: number;
  readonly do: 'run' | 'back' | 'key';
  /** Name of the image in topics; '' when it is not known. */
  readonly image: string;
  /** The version that was asked for; '' when none was. */
  readonly version: string;
  /** The version that the device says it runs; '' while it has said nothing. */
  readonly runs: string;
  readonly reason: string;
  /** Chunks that the device has got, and how many there are; 0 when that is not known. */
  readonly have: number;
  readonly of: number;
  /** Starts of the chip since the trial began, and whether the last one came online. */
  readonly starts: number;
  readonly online: boolean;
}

/** A device as the page shows it: what is physically so, and what the broker was told. */
export interface DeviceState {
  readonly id: string;
  readonly groups: readonly string[];
  readonly board: string;
  readonly power: boolean;
  readonly wifi: boolean;
  readonly relay: { readonly pin: string; readonly on: boolean; readonly strokes: number };
  /** `blinks`: its last whole code, 0 while it stays dark; absent while it is not known. */
  readonly led?: { readonly pin: string; readonly on: boolean; readonly blinks?: number };
  readonly button?: { readonly pin: string; readonly down: boolean; readonly rings: readonly string[] };
  /** The retained status topic; empty while nothing was ever published. */
  readonly status: string;
  readonly rang?: Outcome;
  /** The last `info`, as published. */
  readonly info?: Readonly<Record<string, unknown>>;
  readonly update?: UpdateView;
  /** How many times faster than ours its time runs. */
  readonly speed: number;
  /** Time until loader or image do something about the update by themselves, ms of ours from when this was sent. */
  readonly dueMs?: number;
}

/** What kind of image is pushed: as the sources are, or with a fault on purpose. */
export type ImageKind = 'good' | FaultName;

/** The updates that pages push. */
export interface Pushing {
  /** The version that the next image will have. */
  readonly next: string;
  /** What is under way; one at a time. */
  readonly now?: { readonly name: string; readonly kind: ImageKind; readonly version: string; readonly text: string };
  /** What came of the last one, a sentence a device. */
  readonly last?: { readonly good: boolean; readonly sentences: readonly string[] };
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
  | {
    type: 'hello'; addresses: Addresses; devices: readonly DeviceState[]; wire: readonly WireRow[]; pushing?: Pushing;
  }
  | { type: 'pushing'; pushing: Pushing }
  | { type: 'device'; device: DeviceState }
  | { type: 'stroke'; device: string; on: boolean }
  | { type: 'wire'; rows: readonly WireRow[] };

/** From the page to the server. */
export type PageMessage =
  | { do: 'ring'; name: string; payload: string }
  | { do: 'stop'; name: string }
  | { do: 'power'; device: string; on: boolean }
  | { do: 'wifi'; device: string; on: boolean }
  | { do: 'button'; device: string; down: boolean }
  | { do: 'speed'; device: string; times: number }
  | { do: 'push'; name: string; kind: ImageKind }
  | { do: 'leave' };
