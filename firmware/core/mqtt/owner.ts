import type { Link } from '../contracts.ts';

/** An age, s, that stands for "nobody knows": what waited since before this start. */
export const UNKNOWN_AGE = 32000;

/** What a session needs from the program around it. */
export interface Owner {
  /** Opens a link and leads its events to `opened`, `received` and `closed`. May throw an Error. */
  dial(): Link;
  /** Seconds of any clock: how long `dial` took is the difference. */
  now(): number;
  /** The CONNECT packet. Made for each connection, so that nobody keeps a password in memory. */
  hello(): string;
  /** What `hello` asks for: 1 for a clean session. */
  clean: 0 | 1;
  /**
   * The session has come online (1) or is lost (0).
   * Online: `present` is 1 when the server has kept the session, and `age` is the number of seconds for which nothing
   * was heard from the server, so that no message that waited there is older; it is UNKNOWN_AGE or more after a start.
   * Lost: `reason` is one of those listed in docs/mqtt-client.md; `age` is for how many seconds everything stood still
   * while this attempt was made, or 0 when it came to a session.
   */
  changed(online: 0 | 1, reason: string, present: 0 | 1, age: number): void;
  /**
   * A message, acknowledged already, so that it does not come again because this threw. `id` is its packet identifier.
   * One of QoS 1 that comes a second time is handed over a second time, with `dup` 1 [MQTT-4.3.2-2].
   */
  message(topic: string, payload: string, qos: number, retain: number, dup: number, id: number): void;
  /** A handshake has ended with a packet of this type, or (type 0) was given up; `grants` are the bytes of SUBACK. */
  settled?(type: number, id: number, grants: string): void;
  /** A packet over the limit has been skipped. */
  skipped(): void;
}

/** A client's side of MQTT 3.1.1 without timers or sockets of its own. */
export interface Session {
  /** Dials. Does nothing unless the session is closed. */
  open(): void;
  /** The link is open. */
  opened(): void;
  /** Bytes have come. */
  received(chunk: string): void;
  /** The link is gone, or must go: for this reason, or what a socket hands to a listener for `close` or `error`. */
  closed(reason: unknown): void;
  /** A second has passed: every time-out is counted here, so that no change of the clock can upset one. */
  tick(): void;
  /**
   * Sends a message. QoS 1 and 2 wait for a connection and for their acknowledgement, across connections.
   * Gives the packet identifier, 0 for QoS 0, and -1 when it cannot be taken: QoS 0 while offline, or a full queue.
   */
  publish(topic: string, payload: string, qos: number, retain: number): number;
  /**
   * Sends SUBSCRIBE or UNSUBSCRIBE (see `encodeFilters`); forgotten when the link is lost.
   * Gives the packet identifier, or -1 while offline.
   */
  request(type: number, filters: (string | number)[], asks: number): number;
  /** Asks for a sign of life, besides those that are asked for by themselves. Nothing happens when none comes. */
  ping(): void;
  /** Says goodbye: the server will not publish the will [MQTT-3.14.4-3]. */
  end(): void;
  /** CLOSED, DIALLING, GREETING or ONLINE. */
  state(): number;
}
