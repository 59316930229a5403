import { HASH } from '../firmware/core/update/manifest.ts';
import type { IConnectPacket, IPublishPacket, ISubscription, Packet } from 'mqtt-packet';
import type { WireRow } from './messages.ts';

/** What a row of the wire list says about the packet itself. */
export type Description = Omit<WireRow, 'n' | 'at' | 'client' | 'from'>;

/** Characters of a payload that a page is given, more than any bell says, and of a piece of an image. */
const SHOWN = 2048;
const SHOWN_OF_CHUNK = 48;

/** CONNACK's return codes, in the words of MQTT 3.1.1, table 3.1. */
const REFUSALS = [
  'accepted', 'refused: protocol version', 'refused: client id', 'refused: server unavailable',
  'refused: user name or password', 'refused: not authorized',
];

/** Puts a decoded packet into words. Secrets become dots, user names too: some brokers take a token there. */
export function describePacket(packet: Packet): Description {
  const row = { type: packet.cmd.toUpperCase(), bytes: size(packet.length ?? 0) };
  const numbered = packet.messageId === undefined ? row : { ...row, id: packet.messageId };
  switch (packet.cmd) {
    case 'publish': return { ...numbered, ...publication(packet) };
    case 'connect': return { ...row, note: connectNote(packet) };
    case 'connack': return { ...row, note: connackNote(packet.returnCode ?? 0, packet.sessionPresent) };
    case 'subscribe': return { ...numbered, note: packet.subscriptions.map(filter).join(', ') };
    case 'suback': return { ...numbered, note: `granted ${(packet.granted as number[]).map(grant).join(', ')}` };
    case 'unsubscribe': return { ...numbered, note: packet.unsubscriptions.join(', ') };
    default: return numbered;
  }
}

/** Payload bytes as text when they are text, as hexadecimal otherwise, cut to what a page can show. */
function showPayload(bytes: Buffer, most = SHOWN): string {
  const text = bytes.toString('utf8');
  const isText = !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffd]/.test(text);
  const shown = isText ? text : (bytes.toString('hex').match(/../g) ?? []).join(' ');
  return shown.length > most ? `${shown.slice(0, most)}… (${bytes.length} bytes)` : shown;
}

function publication(packet: IPublishPacket): Partial<Description> {
  const { topic, qos, retain, dup } = packet;
  const bytes = Buffer.from(packet.payload);
  return { topic, payload: showManifest(topic, bytes) ?? showPayload(bytes, shownOf(topic)), qos, retain, dup };
}

/** A list that shows whole chunks of an image shows nothing else. */
function shownOf(topic: string): number {
  return /\/image\/[^/]+\/\d+$/.test(topic) ? SHOWN_OF_CHUNK : SHOWN;
}

/** The readable part of a manifest, and how much is around it; undefined when it is none. */
function showManifest(topic: string, bytes: Buffer): string | undefined {
  if (!topic.endsWith('/update')) return undefined;
  const text = bytes.toString('latin1');
  const start = text.indexOf('{"');
  const end = text.indexOf('\n', start);
  if (start < 0 || end < start) return undefined;
  const hashes = Math.floor((bytes.length - end - 1) / HASH);
  return `[HMAC of ${start} bytes] ${text.slice(start, end)} [${hashes} hashes of chunks]`;
}

function connectNote(packet: IConnectPacket): string {
  const said = [packet.clean ? 'clean session' : 'stored session', `keep-alive ${packet.keepalive ?? 0} s`];
  if (packet.will) said.push(`will ${packet.will.topic} = ${showPayload(Buffer.from(packet.will.payload))}`);
  if (packet.username) said.push('user name •••');
  if (packet.password) said.push('password •••');
  return said.join(', ');
}

function connackNote(code: number, present: boolean): string {
  const answer = REFUSALS[code] ?? `refused: code ${code}`;
  return present ? `${answer}, session present` : answer;
}

function filter(subscription: ISubscription): string {
  return `${subscription.topic} (QoS ${subscription.qos})`;
}

function grant(code: number): string {
  return code === 128 ? 'none' : `QoS ${code}`;
}

/** Bytes of a packet on the wire, from its remaining length (MQTT 3.1.1, 2.2.3). */
function size(remaining: number): number {
  const lengthBytes = remaining < 128 ? 1 : remaining < 16_384 ? 2 : remaining < 2_097_152 ? 3 : 4;
  return 1 + lengthBytes + remaining;
}
