import type { Link } from '../contracts.ts';
import {
  CONNACK,
  DISCONNECT,
  PINGREQ,
  PINGRESP,
  PUBACK,
  PUBCOMP,
  PUBLISH,
  PUBREC,
  PUBREL,
  SUBACK,
  SUBSCRIBE,
  UNSUBACK,
  UNSUBSCRIBE,
  encode,
  encodeFilters,
  encodePublish,
  int16,
  readInt16,
} from './packet.ts';
import { createStream } from './stream.ts';
import { isTopicName } from './topic.ts';

/** States of a session, in the order in which they are passed. */
export const CLOSED = 0;
export const DIALLING = 1;
export const GREETING = 2;
export const ONLINE = 3;

/** Seconds to wait for the connection, for CONNACK, and for any answer in a handshake. */
const PATIENCE = 15;

/** How many packets may wait for an answer at once: the chip copies all that is unsent for each piece that it sends. */
const WINDOW = 4;

/** How many QoS 2 messages the server may have in the middle of their handshake. */
const RELEASES = 32;

/** What a session needs from the program around it. */
export interface Owner {
  /** Opens a link and leads its events to `opened`, `received` and `closed`. May throw an Error. */
  dial(): Link;
  /** The CONNECT packet. Made for each connection, so that nobody keeps a password in memory. */
  hello(): string;
  /** What `hello` asks for: 1 for a clean session. */
  clean: 0 | 1;
  /**
   * The session has come online (1) or is lost (0).
   * Online: `present` is 1 when the server has kept the session, and `age` is the number of seconds for which nothing
   * was heard from the server, so that no message that waited there is older; it is huge after a start.
   * Lost: `reason` is one of those listed in docs/mqtt-client.md.
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

/** The reason for a Connect Return code other than 0 (table 3.1). */
function refusal(code: number): string {
  return (
    [
      'unacceptable protocol version',
      'identifier rejected',
      'server unavailable',
      'bad user name or password',
      'not authorized',
    ][code - 1] || 'protocol error'
  );
}

/** Whether the broker has answered, and will answer the same until somebody changes something. */
export function isRefusal(reason: string): boolean {
  return 'identifier rejected, bad user name or password, not authorized'.indexOf(reason) >= 0;
}

/** Whether bytes are the payload of a SUBACK for so many filters [MQTT-3.8.4-5] [MQTT-3.9.3-2]. */
function areGrants(grants: string, asks: number): boolean {
  for (let i = 0; i < grants.length; i++) {
    const code = grants.charCodeAt(i);
    if (code > 2 && code !== 128) return false;
  }
  return grants.length > 0 && grants.length === asks;
}

/** What a packet is waiting for, kept until its handshake has ended. */
interface Pending {
  id: number;
  /** Type of the packet that must come next. */
  due: number;
  /** 0 not sent, 1 sent on this connection, 2 sent on an earlier one. */
  sent: number;
  /** The packet, or '' once it has arrived and only PUBREL is left to say. */
  data: string;
  /** How many filters it has, for SUBACK. */
  asks: number;
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
  /** Says goodbye: the server will not publish the will [MQTT-3.14.4-3]. */
  end(): void;
  /** CLOSED, DIALLING, GREETING or ONLINE. */
  state(): number;
}

/**
 * Makes a session that keeps packets of at most `maxPacket` bytes, queues at most `maxQueue` bytes of messages, and
 * pings so that the server hears from it within `keepAlive` seconds.
 */
export function createSession(owner: Owner, keepAlive: number, maxPacket: number, maxQueue: number): Session {
  let state = CLOSED;
  let link: Link | 0 = 0;
  // In the order in which each packet goes out again after a reconnection [MQTT-4.6.0-1] [MQTT-4.6.0-4].
  const queue: Pending[] = [];
  // Identifiers, two bytes each, of the QoS 2 messages that the server has not released yet.
  let releases = '';
  let lastId = Math.floor(Math.random() * 65535);
  // Seconds left for what the state waits for.
  let patience = 0;
  // How often in a row patience ran out without any progress.
  let stalls = 0;
  // Seconds since the server was heard, and since it has heard us. At the start nobody knows.
  let silent = 32000;
  let quiet = 0;
  // Seconds since PINGREQ, counted from 1; 0 when none is open.
  let pinged = 0;

  const closed = (reason: unknown) => {
    if (!state) return;
    state = CLOSED;
    if (link) {
      link.removeAllListeners();
      try {
        link.end();
      } catch {
        // It was closed already, which is what we want.
      }
    }
    link = 0;
    for (let i = queue.length - 1; i >= 0; i--) {
      const entry = queue[i] as Pending;
      if (entry.asks) queue.splice(i, 1);
      else if (entry.sent) entry.sent = 2;
    }
    const message = reason ? (reason as Error).message : '';
    owner.changed(0, typeof reason === 'string' ? reason : message || 'connection lost', 0, 0);
  };

  const send = (bytes: string) => {
    quiet = 0;
    try {
      (link as Link).write(bytes);
    } catch {
      closed('connection lost');
    }
  };

  /** Sends what the window has room for. */
  const pump = () => {
    for (let i = 0; i < queue.length && i < WINDOW && state === ONLINE; i++) {
      const entry = queue[i] as Pending;
      if (entry.sent === 1) continue;
      const data = entry.data;
      // What was sent on an earlier connection carries DUP [MQTT-3.3.1-1].
      const again = entry.sent ? 8 : 0;
      entry.sent = 1;
      if (data) send(String.fromCharCode(data.charCodeAt(0) | again) + data.substr(1));
      else send(encode(PUBREL, 2, int16(entry.id)));
    }
  };

  /** Where the packet with this identifier is in the queue, or -1. */
  const find = (id: number) => {
    for (let i = 0; i < queue.length; i++) if ((queue[i] as Pending).id === id) return i;
    return -1;
  };

  /** An identifier that nothing in flight uses [MQTT-2.3.1-4]. */
  const nextId = () => {
    lastId = (lastId % 65535) + 1;
    while (find(lastId) >= 0) lastId = (lastId % 65535) + 1;
    return lastId;
  };

  const receive = (head: number, body: string, skipped: 0 | 1): string => {
    const qos = (head >> 1) & 3;
    const dup = (head >> 3) & 1;
    const topicEnd = skipped ? 0 : 2 + readInt16(body, 0);
    const start = topicEnd + (qos ? 2 : 0);
    const id = qos ? readInt16(body, topicEnd) : 0;
    // A QoS of 3 [MQTT-3.3.1-4], DUP without QoS [MQTT-3.3.1-2], identifier 0 [MQTT-2.3.1-1].
    if (qos === 3 || (dup && !qos) || (qos && !id) || body.length < start) return 'malformed';
    const topic = body.substr(2, topicEnd - 2);
    if (!skipped && !isTopicName(topic)) return 'malformed';
    if (qos === 1) send(encode(PUBACK, 0, int16(id)));
    if (qos === 2) {
      let known = 0;
      for (let i = 0; i < releases.length; i += 2) if (readInt16(releases, i) === id) known = 1;
      if (!known && releases.length >= 2 * RELEASES) return 'too many messages in flight';
      if (!known) releases += int16(id);
      send(encode(PUBREC, 0, int16(id)));
      // Method B of figure 4.3: the identifier is what keeps a second copy from being delivered [MQTT-4.3.3-2].
      if (known) return '';
    }
    if (skipped) owner.skipped();
    else owner.message(topic, body.substr(start), qos, head & 1, dup, id);
    return '';
  };

  const welcome = (flags: number, code: number, age: number): string => {
    if (flags > 1 || (flags && (code || owner.clean))) return 'protocol error';
    if (code) return refusal(code);
    state = ONLINE;
    patience = PATIENCE;
    if (!flags) {
      // The server knows nothing of us: what it had received is done with, the rest is sent as new [MQTT-3.1.2-6].
      releases = '';
      for (let i = queue.length - 1; i >= 0; i--) {
        const entry = queue[i] as Pending;
        if (entry.due === PUBCOMP) queue.splice(i, 1);
        entry.sent = 0;
      }
    }
    owner.changed(1, '', flags as 0 | 1, age);
    pump();
    return '';
  };

  const answer = (type: number, id: number, grants: string): string => {
    if (type === PUBREL) {
      for (let i = 0; i < releases.length; i += 2) {
        if (readInt16(releases, i) === id) releases = releases.substr(0, i) + releases.substr(i + 2);
      }
      if (!queue.length) patience = PATIENCE;
      send(encode(PUBCOMP, 0, int16(id)));
      return '';
    }
    if (type < PUBACK || type > UNSUBACK || type === SUBSCRIBE || type === UNSUBSCRIBE) return 'protocol error';
    const at = find(id);
    const entry = queue[at];
    // RabbitMQ before 4 takes a message of QoS 2 as one of QoS 1, and answers so.
    const expected =
      entry && entry.sent === 1 && (entry.due === type || (type === PUBACK && entry.due === PUBREC));
    if (type === SUBACK && !areGrants(grants, expected ? entry.asks : grants.length)) return 'malformed';
    if (!expected) {
      // Nobody waits for it any more: an answer to what was sent twice. The server still wants its PUBREL.
      if (type === PUBREC) send(encode(PUBREL, 2, int16(id)));
      return '';
    }
    queue.splice(at, 1);
    // Patience belongs to the first in the queue: what follows it must not hide that it waits in vain.
    if (!at || type === PUBREC) {
      patience = PATIENCE;
      stalls = 0;
    }
    if (type === PUBREC) {
      // PUBRELs stand in the order of their PUBRECs [MQTT-4.6.0-4], in front of messages that are still to be sent.
      let place = 0;
      for (let i = 0; i < queue.length; i++) if ((queue[i] as Pending).due === PUBCOMP) place = i + 1;
      queue.splice(place, 0, { id, due: PUBCOMP, sent: 1, data: '', asks: 0 });
      send(encode(PUBREL, 2, int16(id)));
      return '';
    }
    if (owner.settled) owner.settled(type, id, grants);
    pump();
    return '';
  };

  const handle = (head: number, body: string, skipped: 0 | 1): string => {
    // Bytes of a link that somebody has left while they were read.
    if (state < GREETING) return 'closed';
    const type = head >> 4;
    const age = silent;
    silent = pinged = 0;
    // CONNACK comes first and once [MQTT-3.2.0-1].
    if ((type === CONNACK) !== (state === GREETING)) return 'protocol error';
    if (type === PUBLISH) return receive(head, body, skipped);
    // Only PUBLISH may be long, or have flags of its own; those of PUBREL are 0010 [MQTT-2.2.2-2].
    if (skipped || (head & 15) !== (type === PUBREL ? 2 : 0)) return 'malformed';
    if (type === PINGRESP) {
      if (owner.settled) owner.settled(type, 0, '');
      return body ? 'malformed' : '';
    }
    if (body.length < 2 || (body.length > 2 && type !== SUBACK)) return 'malformed';
    if (type === CONNACK) return welcome(body.charCodeAt(0), body.charCodeAt(1), age);
    return answer(type, readInt16(body, 0), body.substr(2));
  };

  /** Patience has run out in a handshake. Once, the link is tried anew; the second time the step is given up. */
  const stalled = () => {
    const head = queue[0];
    if (stalls++) {
      stalls = 0;
      if (head) queue.shift();
      else releases = '';
      if (head && owner.settled) owner.settled(0, head.id, '');
    }
    closed(head && head.due === SUBACK ? 'no SUBACK' : 'no acknowledgement');
  };

  const stream = createStream(maxPacket, handle);

  return {
    open: () => {
      if (state) return;
      state = DIALLING;
      patience = PATIENCE;
      stream.reset();
      try {
        link = owner.dial();
      } catch (e) {
        closed('cannot connect: ' + ((e as Error).message || e));
      }
    },
    opened: () => {
      // CONNECT is sent once [MQTT-3.1.0-2], however often a socket says that it is open.
      if (state !== DIALLING) return;
      state = GREETING;
      patience = PATIENCE;
      pinged = 0;
      send(owner.hello());
    },
    received: (chunk) => {
      const reason = state && stream.take(chunk);
      if (reason) closed(reason);
    },
    closed,
    tick: () => {
      silent++;
      quiet++;
      if (!state) return;
      const waiting = state < ONLINE || queue.length || releases;
      if (!waiting) {
        patience = PATIENCE;
        stalls = 0;
      } else if (!--patience) {
        patience = PATIENCE;
        if (state === DIALLING) closed('connection timed out');
        else if (state === GREETING) closed('no CONNACK');
        else stalled();
        return;
      }
      if (state === ONLINE && keepAlive) {
        const half = Math.ceil(keepAlive / 2);
        if (pinged) {
          if (pinged++ >= Math.min(half, PATIENCE)) closed('no PINGRESP');
        } else if (silent >= half || quiet >= half) {
          pinged = 1;
          send(encode(PINGREQ, 0, ''));
        }
      }
    },
    publish: (topic, payload, qos, retain) => {
      if (!qos) {
        if (state === ONLINE) send(encodePublish(topic, payload, 0, retain, 0));
        return state === ONLINE ? 0 : -1;
      }
      let held = topic.length + payload.length + 9;
      queue.forEach((entry) => {
        held += entry.data.length;
      });
      if (held > maxQueue) return -1;
      const id = nextId();
      const data = encodePublish(topic, payload, qos, retain, id);
      queue.push({ id, due: qos === 1 ? PUBACK : PUBREC, sent: 0, data, asks: 0 });
      pump();
      return id;
    },
    request: (type, filters, asks) => {
      if (state !== ONLINE) return -1;
      const id = nextId();
      const data = encodeFilters(type, id, filters);
      // In front of the messages: a bell that has much to say must hear first.
      patience = PATIENCE;
      queue.unshift({ id, due: type === SUBSCRIBE ? SUBACK : UNSUBACK, sent: 0, data, asks });
      pump();
      return id;
    },
    end: () => {
      if (state === ONLINE) send(encode(DISCONNECT, 0, ''));
      closed('disconnected');
    },
    state: () => state,
  };
}
