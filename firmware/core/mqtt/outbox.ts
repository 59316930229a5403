import {
  encode, encodeFilters, int16, PUBACK, PUBCOMP, PUBREC, PUBREL, publishHead, SUBACK, SUBSCRIBE, UNSUBACK,
} from './packet.ts';
import type { Owner } from './owner.ts';

/** How many packets may wait for an answer at once: the chip copies all that is unsent for each piece that it sends. */
const WINDOW = 4;

/** What an entry of the queue takes beside its bytes, in bytes: nine variables of an ESP8266. */
const ENTRY = 72;

/** What a packet is waiting for, kept until its handshake has ended. */
interface Pending {
  id: number;
  /** Type of the packet that must come next. */
  due: number;
  /** 0 not sent, 1 sent on this connection, 2 sent on an earlier one. */
  sent: number;
  /** The packet up to its payload, or '' once it has arrived and only PUBREL is left to say. */
  head: string;
  /** The payload as it was handed over: together with the rest, it would be in memory twice while it is sent. */
  data: string;
  /** How many filters it has, for SUBACK. */
  asks: number;
}

/** Packets that want an answer: the sender's side of the handshakes (section 4.3), across connections. */
export interface Outbox {
  /** Queues a message of QoS 1 or 2. Gives its packet identifier, or -1 when the queue is full. */
  publish(topic: string, payload: string, qos: number, retain: number): number;
  /** Sends SUBSCRIBE or UNSUBSCRIBE in front of what waits. Gives the packet identifier. */
  request(type: number, filters: (string | number)[], asks: number): number;
  /** A connection is there; `present` is 1 when the server knows the session of before. Sends what the window holds. */
  resume(present: number): void;
  /** The connection is gone. */
  lost(): void;
  /** Takes an answer. Gives '' or why the link must close; `progress` hears that the first in the queue is done. */
  settle(type: number, id: number, grants: string, progress: () => void): string;
  /** Type of the packet that the first in the queue waits for, or 0. */
  due(): number;
  /** Gives up what is first in the queue. */
  giveUp(): void;
}

/** Whether bytes are the payload of a SUBACK for so many filters [MQTT-3.8.4-5] [MQTT-3.9.3-2]. */
function areGrants(grants: string, asks: number): boolean {
  for (let i = 0; i < grants.length; i++) {
    const code = grants.charCodeAt(i);
    if (code > 2 && code !== 128) return false;
  }
  return grants.length > 0 && grants.length === asks;
}

/** Makes an outbox that sends through `send` and holds messages that take at most `maxQueue` bytes of memory. */
export function createOutbox(owner: Owner, send: (bytes: string) => void, maxQueue: number): Outbox {
  // In the order in which each packet goes out again after a reconnection [MQTT-4.6.0-1] [MQTT-4.6.0-4].
  const queue: Pending[] = [];
  let live = 0;
  let lastId = Math.floor(Math.random() * 65535);

  /** Sends what the window has room for. */
  const pump = () => {
    for (let i = 0; i < queue.length && i < WINDOW && live; i++) {
      const entry = queue[i] as Pending;
      if (entry.sent === 1) continue;
      const head = entry.head;
      // What was sent on an earlier connection carries DUP [MQTT-3.3.1-1].
      const again = entry.sent;
      entry.sent = 1;
      if (!head) send(encode(PUBREL, 2, int16(entry.id)));
      else if (again) send(String.fromCharCode(head.charCodeAt(0) | 8) + head.substr(1));
      else send(head);
      if (entry.data) send(entry.data);
    }
  };

  /** An identifier that nothing in flight uses [MQTT-2.3.1-4]. */
  const nextId = () => {
    do {
      lastId = (lastId % 65535) + 1;
    } while (queue.some((entry) => entry.id === lastId));
    return lastId;
  };

  return {
    publish: (topic, payload, qos, retain) => {
      let held = topic.length + payload.length + 9 + ENTRY;
      for (let i = 0; i < queue.length; i++) {
        held += (queue[i] as Pending).head.length + (queue[i] as Pending).data.length + ENTRY;
      }
      if (held > maxQueue) return -1;
      const id = nextId();
      const head = publishHead(topic, payload.length, qos, retain, id);
      queue.push({ id, due: qos === 1 ? PUBACK : PUBREC, sent: 0, head, data: payload, asks: 0 });
      pump();
      return id;
    },
    request: (type, filters, asks) => {
      const id = nextId();
      const head = encodeFilters(type, id, filters);
      queue.unshift({ id, due: type === SUBSCRIBE ? SUBACK : UNSUBACK, sent: 0, head, data: '', asks });
      pump();
      return id;
    },
    resume: (present) => {
      live = 1;
      for (let i = queue.length - 1; i >= 0 && !present; i--) {
        const entry = queue[i] as Pending;
        // What this server had received is done with, the rest is new to it [MQTT-3.1.2-6].
        if (entry.due === PUBCOMP) queue.splice(i, 1);
        entry.sent = 0;
      }
      pump();
    },
    lost: () => {
      live = 0;
      for (let i = queue.length - 1; i >= 0; i--) {
        const entry = queue[i] as Pending;
        // A question of this connection: asked again with DUP, it would be malformed [MQTT-3.10.1-1].
        if (entry.due === SUBACK || entry.due === UNSUBACK) queue.splice(i, 1);
        else if (entry.sent) entry.sent = 2;
      }
    },
    settle: (type, id, grants, progress) => {
      const at = queue.findIndex((one) => one.id === id);
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
      // What follows the first in the queue must not hide that the first waits in vain.
      if (!at || type === PUBREC) progress();
      if (type === PUBREC) {
        // PUBRELs stand in the order of their PUBRECs [MQTT-4.6.0-4], in front of messages that are still to be sent.
        let place = 0;
        for (let i = 0; i < queue.length; i++) if ((queue[i] as Pending).due === PUBCOMP) place = i + 1;
        queue.splice(place, 0, { id, due: PUBCOMP, sent: 1, head: '', data: '', asks: 0 });
        send(encode(PUBREL, 2, int16(id)));
        return '';
      }
      if (owner.settled) owner.settled(type, id, grants);
      pump();
      return '';
    },
    due: () => (queue.length ? (queue[0] as Pending).due : 0),
    giveUp: () => {
      const entry = queue.shift() as Pending;
      if (owner.settled) owner.settled(0, entry.id, '');
    },
  };
}
