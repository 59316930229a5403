import mqttPacket from 'mqtt-packet';
import type { Packet, QoS } from 'mqtt-packet';

/**
 * Control packets as strings of bytes, made and read by `mqtt-packet`: a second opinion on everything
 * that the client's own codec does. Nothing here uses that codec.
 */

/** Bytes written as hex pairs, one field a string: `hex('40 02', '00 07')`. */
export function hex(...fields: string[]): string {
  return Buffer.from(fields.join('').replace(/\s/g, ''), 'hex').toString('latin1');
}

/** Text as the bytes of its UTF-8, one a character. */
export function utf8(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** Any packet, encoded. */
export function wire(packet: Packet): string {
  return mqttPacket.generate(packet).toString('latin1');
}

/** What a test may say of a PUBLISH besides topic and payload. */
export interface PublishFlags {
  qos?: QoS;
  id?: number;
  dup?: boolean;
  retain?: boolean;
}

export function publish(topic: string, payload = '', flags: PublishFlags = {}): string {
  const { qos = 0, id, dup = false, retain = false } = flags;
  const body = { cmd: 'publish' as const, topic, payload: Buffer.from(payload, 'latin1'), qos, dup, retain };
  return wire(id === undefined ? body : { ...body, messageId: id });
}

export function connack(returnCode = 0, sessionPresent = false): string {
  return wire({ cmd: 'connack', returnCode, sessionPresent });
}

export const puback = (messageId: number) => wire({ cmd: 'puback', messageId });
export const pubrec = (messageId: number) => wire({ cmd: 'pubrec', messageId });
export const pubrel = (messageId: number) => wire({ cmd: 'pubrel', messageId });
export const pubcomp = (messageId: number) => wire({ cmd: 'pubcomp', messageId });
export const unsuback = (messageId: number) => wire({ cmd: 'unsuback', messageId, granted: [] });
export const pingresp = () => wire({ cmd: 'pingresp' });

/** Not through `mqtt-packet`, which refuses the grants that a broken server may send. */
export function suback(id: number, ...grants: number[]): string {
  return String.fromCharCode(0x90, 2 + grants.length, id >> 8, id & 255, ...grants);
}

/** Every whole packet in the bytes. Throws when they are malformed or end in the middle of a packet. */
export function decode(bytes: string): Packet[] {
  const found: Packet[] = [];
  if (!bytes) return found;
  const parser = mqttPacket.parser({ protocolVersion: 4 });
  parser.on('packet', (packet) => found.push(packet));
  parser.on('error', (error: Error) => {
    throw error;
  });
  const left = parser.parse(Buffer.from(bytes, 'latin1'));
  if (left) throw new Error(`${left} bytes of an unfinished packet`);
  return found;
}

/** A packet in one line, as tests compare them: `publish t=hi qos1 #7 dup`, `subscribe #3 a:1 b:0`, `puback #7`. */
export function line(packet: Packet): string {
  const id = packet.messageId === undefined ? [] : [`#${packet.messageId}`];
  if (packet.cmd === 'subscribe') {
    return ['subscribe', ...id, ...packet.subscriptions.map(({ topic, qos }) => `${topic}:${qos}`)].join(' ');
  }
  if (packet.cmd === 'unsubscribe') return ['unsubscribe', ...id, ...packet.unsubscriptions].join(' ');
  if (packet.cmd !== 'publish') return [packet.cmd, ...id].join(' ');
  const flags = [packet.qos ? `qos${packet.qos}` : '', ...id, packet.dup ? 'dup' : '', packet.retain ? 'retain' : ''];
  return [`publish ${packet.topic}=${packet.payload.toString()}`, ...flags].filter(Boolean).join(' ');
}
