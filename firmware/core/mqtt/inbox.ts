import { encode, PUBACK, PUBCOMP, PUBREC, readInt16 } from './packet.ts';
import { isTopicName } from './topic.ts';
import type { Owner } from './owner.ts';

/** How many QoS 2 messages the server may have in the middle of their handshake. */
const RELEASES = 32;

/** Messages from the server: the receiver's side of the handshakes (section 4.3). */
export interface Inbox {
  /**
   * Takes the body of a PUBLISH, which `give` gives once, acknowledges it, and hands the message to its owner.
   * `skipped`: it was too long, and the body is just its packet identifier. Gives '' or why the link must close.
   */
  receive(head: number, give: () => string, skipped: 0 | 1): string;
  /** Takes a PUBREL: the two bytes of its packet identifier. */
  release(id: string): void;
  /** Whether a PUBREL is still to come. */
  waits(): boolean;
  /** Forgets that, because the session is a new one, or because it will never come. */
  forget(): void;
}

/** Makes the inbox of a session that answers through `send`. */
export function createInbox(owner: Owner, send: (bytes: string) => void): Inbox {
  // Identifiers, two bytes each, of the QoS 2 messages that the server has not released yet.
  let releases = '';

  const receive = (head: number, give: () => string, skipped: 0 | 1): string => {
    let body = give();
    const qos = (head >> 1) & 3;
    const dup = (head >> 3) & 1;
    const topicEnd = skipped ? 0 : 2 + readInt16(body, 0);
    const start = topicEnd + (qos ? 2 : 0);
    const idBytes = qos ? body.substr(topicEnd, 2) : '';
    const id = qos ? readInt16(body, topicEnd) : 0;
    // A QoS of 3 [MQTT-3.3.1-4], DUP without QoS [MQTT-3.3.1-2], identifier 0 [MQTT-2.3.1-1].
    if (qos === 3 || (dup && !qos) || (qos && !id) || body.length < start) return 'malformed';
    const topic = body.substr(2, topicEnd - 2);
    if (!skipped && !isTopicName(topic)) return 'malformed';
    if (qos === 1) send(encode(PUBACK, 0, idBytes));
    if (qos === 2) {
      let known = 0;
      for (let i = 0; i < releases.length; i += 2) if (releases.substr(i, 2) === idBytes) known = 1;
      if (!known && releases.length >= 2 * RELEASES) return 'too many messages in flight';
      if (!known) releases += idBytes;
      send(encode(PUBREC, 0, idBytes));
      // Method B of figure 4.3: the identifier is what keeps a second copy from being delivered [MQTT-4.3.3-2].
      if (known) return '';
    }
    const payload = body.substr(start);
    // Or both would be in memory while the message is handled.
    body = '';
    if (skipped) owner.skipped();
    else owner.message(topic, payload, qos, head & 1, dup, id);
    return '';
  };

  return {
    receive,
    release: (id) => {
      for (let i = 0; i < releases.length; i += 2) {
        if (releases.substr(i, 2) === id) releases = releases.substr(0, i) + releases.substr(i + 2);
      }
      send(encode(PUBCOMP, 0, id));
    },
    waits: () => releases !== '',
    forget: () => {
      releases = '';
    },
  };
}
