/**
 * Control packets that a client sends, as strings of bytes (MQTT 3.1.1, sections 2 and 3).
 *
 * A string with one character a byte is what Espruino's sockets take and give, and the cheapest
 * thing to hold. Every topic, payload, name and password below is such a string: UTF-8 already encoded.
 */

/** Control packet types (table 2.1). */
export const CONNECT = 1;
export const CONNACK = 2;
export const PUBLISH = 3;
export const PUBACK = 4;
export const PUBREC = 5;
export const PUBREL = 6;
export const PUBCOMP = 7;
export const SUBSCRIBE = 8;
export const SUBACK = 9;
export const UNSUBSCRIBE = 10;
export const UNSUBACK = 11;
export const PINGREQ = 12;
export const PINGRESP = 13;
export const DISCONNECT = 14;

export type Qos = 0 | 1 | 2;

/** The message that the server publishes when this client is lost (section 3.1.2.5). */
export interface Will {
  topic: string;
  payload: string;
  qos: Qos;
  retain: 0 | 1;
}

/** What CONNECT says (section 3.1). */
export interface Hello {
  clientId: string;
  /** 1 asks for a clean session, and so does an empty client identifier. */
  clean: 0 | 1;
  /** Seconds; 0 switches the keep-alive off. */
  keepAlive: number;
  will?: Will | undefined;
  username?: string | undefined;
  /** Sent only with a user name [MQTT-3.1.2-22]. */
  password?: string | undefined;
}

/** A number as two bytes, most significant first (section 1.5.2). */
export function int16(value: number): string {
  return String.fromCharCode(value >> 8, value & 255);
}

/** The number in two bytes. */
export function readInt16(bytes: string, at: number): number {
  return (bytes.charCodeAt(at) << 8) | bytes.charCodeAt(at + 1);
}

/** A string or binary field with its length in front (section 1.5.3). */
function field(bytes: string): string {
  return int16(bytes.length) + bytes;
}

/** A packet: fixed header (section 2.2) and `body`. So many bytes `more` may follow, which are sent by themselves. */
export function encode(type: number, flags: number, body: string, more?: number): string {
  let length = body.length + (more || 0);
  let header = String.fromCharCode((type << 4) | flags);
  while (length > 127) {
    header += String.fromCharCode((length & 127) | 128);
    length >>= 7;
  }
  return header + String.fromCharCode(length) + body;
}

/** CONNECT, section 3.1. */
export function encodeConnect(hello: Hello): string {
  const will = hello.will;
  const fields = [hello.clientId];
  // A session cannot be kept for nobody [MQTT-3.1.3-7].
  let flags = hello.clean || !hello.clientId ? 2 : 0;
  if (will) {
    flags |= 4 | (will.qos << 3) | (will.retain ? 32 : 0);
    fields.push(will.topic, will.payload);
  }
  if (hello.username) {
    flags |= 128;
    fields.push(hello.username);
    if (hello.password) {
      flags |= 64;
      fields.push(hello.password);
    }
  }
  let length = 10;
  for (let i = 0; i < fields.length; i++) length += 2 + (fields[i] as string).length;
  // Appended, because a password may be so long that there is no memory for a second copy.
  let packet = encode(CONNECT, 0, '', length) + field('MQTT') + '\x04' + String.fromCharCode(flags);
  packet += int16(hello.keepAlive);
  for (let i = 0; i < fields.length; i++) {
    packet += int16((fields[i] as string).length);
    packet += fields[i];
  }
  return packet;
}

/**
 * What stands before the payload of PUBLISH, which has `size` bytes: section 3.3. `id` is left out of a QoS 0 packet
 * [MQTT-2.3.1-5].
 */
export function publishHead(topic: string, size: number, qos: number, retain: number, id: number): string {
  return encode(PUBLISH, (qos << 1) | retain, field(topic) + (qos ? int16(id) : ''), size);
}

/** PUBLISH in one piece. */
export function encodePublish(topic: string, payload: string, qos: number, retain: number, id: number): string {
  return publishHead(topic, payload.length, qos, retain, id) + payload;
}

/**
 * SUBSCRIBE or UNSUBSCRIBE, sections 3.8 and 3.10.
 * `filters` are topic filters, each followed by the QoS asked for, which UNSUBSCRIBE leaves out.
 */
export function encodeFilters(type: number, id: number, filters: (string | number)[]): string {
  let body = int16(id);
  for (let i = 0; i < filters.length; i++) {
    const item = filters[i] as string | number;
    if (typeof item !== 'number') body += field(item);
    else if (type === SUBSCRIBE) body += String.fromCharCode(item);
  }
  return encode(type, 2, body);
}
