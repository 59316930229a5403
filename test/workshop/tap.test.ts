import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generate } from 'mqtt-packet';
import type { Packet } from 'mqtt-packet';
import { Tap } from '../../workshop/tap.ts';
import type { Seen } from '../../workshop/tap.ts';

const CONNECT: Packet = {
  cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clientId: 'front', clean: false, keepalive: 5,
  username: 'tok3n', password: Buffer.from('s3cret'),
  will: { topic: 'bell/front/status', payload: 'offline', qos: 1, retain: true },
};

function listen(): { tap: Tap; seen: Seen[] } {
  const seen: Seen[] = [];
  return { tap: new Tap((packet) => seen.push(packet)), seen };
}

/** What is seen of one packet. */
function seenOf(packet: Packet, from: Seen['from'] = 'broker'): Seen {
  const { tap, seen } = listen();
  tap.take(from, generate(packet));
  assert.equal(seen.length, 1);
  return seen[0]!;
}

test('a publication is shown with topic, payload, flags, packet id and its size on the wire', () => {
  const packet: Packet = {
    cmd: 'publish', topic: 'bell/front/ring', payload: '200', qos: 1, retain: false, dup: true, messageId: 7,
  };
  assert.deepEqual(seenOf(packet), {
    client: '', from: 'broker', type: 'PUBLISH', bytes: generate(packet).length, id: 7,
    topic: 'bell/front/ring', payload: '200', qos: 1, retain: false, dup: true,
  });
});

test('both directions are decoded, and each packet carries the client id of its connection', () => {
  const { tap, seen } = listen();
  tap.take('client', generate(CONNECT));
  tap.take('broker', generate({ cmd: 'connack', returnCode: 0, sessionPresent: true }));
  assert.deepEqual(seen.map(({ client, from, type }) => [client, from, type]), [
    ['front', 'client', 'CONNECT'],
    ['front', 'broker', 'CONNACK'],
  ]);
  assert.equal(seen[1]?.note, 'accepted, session present');
});

test('a stream that is cut into single bytes gives the same packets', () => {
  const { tap, seen } = listen();
  for (const byte of generate(CONNECT)) tap.take('client', Buffer.of(byte));
  assert.deepEqual(seen.map(({ type }) => type), ['CONNECT']);
});

test('neither password nor user name is in what is shown', () => {
  const shown = JSON.stringify(seenOf(CONNECT, 'client'));
  assert.match(shown, /stored session, keep-alive 5 s, will bell\/front\/status = offline/);
  assert.doesNotMatch(shown, /s3cret|tok3n/);
});

test('subscriptions and their grants are shown in words', () => {
  const subscriptions = [{ topic: 'bell/front/ring', qos: 1 as const }, { topic: 'bell/all/who', qos: 0 as const }];
  assert.equal(
    seenOf({ cmd: 'subscribe', messageId: 1, subscriptions }, 'client').note,
    'bell/front/ring (QoS 1), bell/all/who (QoS 0)',
  );
  assert.equal(seenOf({ cmd: 'suback', messageId: 1, granted: [1, 128] }).note, 'granted QoS 1, none');
});

test('a payload that is not text is shown as hexadecimal, and a long one is cut', () => {
  const publish = (payload: Buffer): Packet => ({
    cmd: 'publish', topic: 't', payload, qos: 0, retain: false, dup: false,
  });
  assert.equal(seenOf(publish(Buffer.from([0, 255, 16]))).payload, '00 ff 10');
  const long = seenOf(publish(Buffer.alloc(4000, 'a'))).payload ?? '';
  assert.match(long, /a… \(4000 bytes\)$/);
  assert.ok(long.length < 2100);
});

test('malformed bytes are reported once, and the other direction goes on', () => {
  const { tap, seen } = listen();
  tap.take('client', Buffer.from([0xf5, 0xff, 0xff, 0xff, 0xff, 0xff]));
  tap.take('client', Buffer.from([0xf5, 0xff, 0xff, 0xff, 0xff, 0xff]));
  tap.take('broker', generate({ cmd: 'pingresp' }));
  assert.deepEqual(seen.map(({ type }) => type), ['MALFORMED', 'PINGRESP']);
});
