import type { IConnectPacket, IPublishPacket, ISubscription, Packet } from 'mqtt-packet';
import type { WireRow } from './messages.ts';

/** What a row of the wire list says about the packet itself. */
export type Description = Omit<WireRow, 'n' | 'at' | 'client' | 'from'>;

/** Characters of a payload that a page shows. */
const SHOWN = 600;

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
export function showPayload(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  const isText = !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffd]/.test(text);
  const shown = isText ? text : (bytes.toString('hex').match(/../g) ?? []).join(' ');
  return shown.length > SHOWN ? `${shown.slice(0, SHOWN)}… (${bytes.length} bytes)` : shown;
}

function publication(packet: IPublishPacket): Partial<Description> {
  const { topic, qos, retain, dup } = packet;
  return { topic, payload: showPayload(Buffer.from(packet.payload)), qos, retain, dup };
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
