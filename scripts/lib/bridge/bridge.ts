import type { FarBroker } from './far-brokers.ts';
import { bridgedTopics, type BridgedTopic } from './topics.ts';

/** A bridge from the Mosquitto of the house to a broker across the internet; all of it checked. */
export interface Bridge {
  readonly far: FarBroker;
  readonly host: string;
  readonly port: number;
  readonly clientId: string;
  /** First part of every topic: in the house, and over there. */
  readonly prefix: string;
  readonly farPrefix: string;
  /** Files in PEM. Without `ca` the authorities that the system trusts count. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly username?: string;
  readonly password?: string;
  readonly alpn?: string;
  readonly set: boolean;
  readonly updates: boolean;
}

/** The topics that cross this bridge. */
export function topicsOf(bridge: Bridge): BridgedTopic[] {
  return bridgedTopics.filter(({ only }) => only === undefined || bridge[only]);
}
