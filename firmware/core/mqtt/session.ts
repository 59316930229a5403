import type { Link } from '../contracts.ts';
import { createInbox } from './inbox.ts';
import { createOutbox } from './outbox.ts';
import { UNKNOWN_AGE } from './owner.ts';
import type { Owner, Session } from './owner.ts';
import {
  CONNACK, DISCONNECT, encode, PINGREQ, PINGRESP, PUBACK, PUBLISH, publishHead, PUBREL, SUBACK, SUBSCRIBE,
  UNSUBACK, UNSUBSCRIBE,
} from './packet.ts';
import { refusal } from './refusal.ts';
import { createStream } from './stream.ts';

/** States of a session, in the order in which they are passed. */
export const CLOSED = 0;
export const DIALLING = 1;
export const GREETING = 2;
export const ONLINE = 3;

/** Seconds to wait for the connection, for CONNACK, and for any answer in a handshake. */
const PATIENCE = 15;

/**
 * Makes a session that keeps packets of at most `maxPacket` bytes, queues at most `maxQueue` bytes of messages, and
 * pings so that the server hears from it within `keepAlive` seconds.
 */
export function createSession(owner: Owner, keepAlive: number, maxPacket: number, maxQueue: number): Session {
  let state = CLOSED;
  let link: Link | 0 = 0;
  // Seconds left for what the state waits for.
  let patience = 0;
  // How often in a row patience ran out without any progress.
  let stalls = 0;
  // Seconds since the server was heard, and since it has heard us. At the start nobody knows.
  let silent = UNKNOWN_AGE;
  let quiet = 0;
  // Seconds since PINGREQ, counted from 1; 0 when none is open.
  let pinged = 0;
  // Whether messages have come in this second, and whether what we wait for has.
  let flooded = 0;
  let moved = 0;
  // Seconds for which the chip stood still while it dialled: an ESP32 does, until it is answered or gives up.
  let stood = 0;

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
    outbox.lost();
    const message = reason ? (reason as Error).message : '';
    owner.changed(0, typeof reason === 'string' ? reason : message || 'connection lost', 0, stood);
  };

  const send = (bytes: string) => {
    quiet = 0;
    try {
      (link as Link).write(bytes);
    } catch {
      closed('connection lost');
    }
  };

  const inbox = createInbox(owner, send);
  const outbox = createOutbox(owner, send, maxQueue);

  const welcome = (flags: number, code: number): string => {
    if (flags > 1 || (flags && (code || owner.clean))) return 'protocol error';
    if (code) return refusal(code);
    state = ONLINE;
    patience = PATIENCE;
    stood = 0;
    if (!flags) inbox.forget();
    owner.changed(1, '', flags as 0 | 1, silent);
    if (state === ONLINE) outbox.resume(flags);
    return '';
  };

  /** Takes any packet but PUBLISH. */
  const control = (head: number, body: string): string => {
    const type = head >> 4;
    // Only PUBLISH may have flags of its own; those of PUBREL are 0010 [MQTT-2.2.2-2].
    if ((head & 15) !== (type === PUBREL ? 2 : 0)) return 'malformed';
    if (type === PINGRESP) {
      if (owner.settled) owner.settled(type, 0, '');
      return body ? 'malformed' : '';
    }
    if (body.length < 2 || (body.length > 2 && type !== SUBACK)) return 'malformed';
    const first = body.charCodeAt(0);
    const second = body.charCodeAt(1);
    if (type === CONNACK) return welcome(first, second);
    if (type === PUBREL) {
      if (!outbox.due()) patience = PATIENCE;
      inbox.release(body);
      return '';
    }
    if (type < PUBACK || type > UNSUBACK || type === SUBSCRIBE || type === UNSUBSCRIBE) return 'protocol error';
    return outbox.settle(type, (first << 8) | second, body.substr(2), () => {
      moved = 1;
    });
  };

  const handle = (head: number, give: () => string, skipped: 0 | 1): string => {
    // Bytes of a link that somebody has left while they were read.
    if (state < GREETING) return 'closed';
    const type = head >> 4;
    pinged = 0;
    // CONNACK comes first and once [MQTT-3.2.0-1].
    if ((type === CONNACK) !== (state === GREETING)) return 'protocol error';
    if (type === PUBLISH) {
      silent = 0;
      flooded = 1;
      return inbox.receive(head, give, skipped);
    }
    // Nothing else may be long. CONNACK asks for how long nothing was heard.
    const reason = skipped ? 'malformed' : control(head, give());
    silent = 0;
    return reason;
  };

  /** Patience has run out in a handshake. Once, the link is tried anew; the second time the step is given up. */
  const stalled = () => {
    const due = outbox.due();
    if (stalls++) {
      stalls = 0;
      if (due) outbox.giveUp();
      else inbox.forget();
    }
    closed(due === SUBACK ? 'no SUBACK' : 'no acknowledgement');
  };

  /** Pings when either side has been silent for half of the keep-alive [MQTT-3.1.2-23], and notices a dead link. */
  const keepUp = () => {
    const half = Math.ceil(keepAlive / 2);
    if (pinged) {
      if (pinged++ >= Math.min(half, PATIENCE)) closed('no PINGRESP');
    } else if (silent >= half || quiet >= half) {
      pinged = 1;
      send(encode(PINGREQ, 0, ''));
    }
  };

  const stream = createStream(maxPacket, handle);

  return {
    open: () => {
      if (state) return;
      state = DIALLING;
      patience = PATIENCE;
      stream.reset();
      const began = owner.now();
      let reason = '';
      try {
        link = owner.dial();
      } catch (e) {
        reason = 'cannot connect: ' + ((e as Error).message || e);
      }
      // No tick has counted it, and what waits at the server has grown older.
      stood = Math.floor(owner.now() - began);
      silent += stood;
      if (reason) closed(reason);
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
      const waits = state !== ONLINE || outbox.due() || inbox.waits();
      if (moved || !waits) {
        patience = PATIENCE;
        moved = stalls = 0;
      }
      // What we wait for is behind all that the server has sent before.
      if (flooded) flooded = 0;
      else if (waits && !--patience) {
        patience = PATIENCE;
        if (state === DIALLING) closed('connection timed out');
        else if (state === GREETING) closed('no CONNACK');
        else stalled();
        return;
      }
      if (state === ONLINE && keepAlive) keepUp();
    },
    publish: (topic, payload, qos, retain) => {
      if (qos) return outbox.publish(topic, payload, qos, retain);
      if (state !== ONLINE) return -1;
      send(publishHead(topic, payload.length, 0, retain, 0));
      send(payload);
      return 0;
    },
    request: (type, filters, asks) => {
      if (state !== ONLINE) return -1;
      patience = PATIENCE;
      return outbox.request(type, filters, asks);
    },
    ping: () => {
      if (state === ONLINE) send(encode(PINGREQ, 0, ''));
    },
    end: () => {
      if (state === ONLINE) send(encode(DISCONNECT, 0, ''));
      closed('disconnected');
    },
    state: () => state,
  };
}
