import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  DISCONNECT,
  PINGREQ,
  SUBSCRIBE,
  UNSUBSCRIBE,
  encode,
  encodeConnect,
  encodeFilters,
  encodePublish,
  int16,
  readInt16,
} from '../../../firmware/core/mqtt/packet.ts';
import { decode, hex, utf8 } from '../../support/packets.ts';

const plain = { clientId: 'f', clean: 1, keepAlive: 10 } as const;
const will = { topic: 't', payload: 'off', qos: 1, retain: 1 } as const;

/** Text without U+0000, as bytes. */
const text = (maxLength: number, minLength = 0) =>
  fc.string({ unit: 'binary', minLength, maxLength }).map((found) => utf8(found.replace(/\0/g, '')));
const id = fc.integer({ min: 1, max: 65535 });
const qos = fc.constantFrom(0, 1, 2) as fc.Arbitrary<0 | 1 | 2>;
const bit = fc.constantFrom(0, 1) as fc.Arbitrary<0 | 1>;
const bytes = fc.uint8Array({ maxLength: 400 }).map((found) => Buffer.from(found).toString('latin1'));

/** The flags byte of CONNECT. */
const flagsOf = (packet: string) => packet.charCodeAt(9);

test('[MQTT-3.1.3-1] [MQTT-3.1.3-3] puts the fields of CONNECT in their order, the client identifier first', () => {
  assert.equal(
    encodeConnect({ ...plain, will, username: 'u', password: 'pw' }),
    hex(
      '10 1c', // CONNECT, 28 bytes
      '00 04 4d515454', // protocol name: MQTT
      '04', // protocol level: 3.1.1
      'ee', // user name, password, will retain, will QoS 1, will, clean session
      '00 0a', // keep alive: 10 s
      '00 01 66', // client identifier: f
      '00 01 74', // will topic: t
      '00 03 6f6666', // will message: off
      '00 01 75', // user name: u
      '00 02 7077', // password: pw
    ),
  );
});

test('[MQTT-3.1.2-9] sends will topic and will message when there is a will', () => {
  const [packet] = decode(encodeConnect({ ...plain, will }));
  assert.ok(packet?.cmd === 'connect');
  assert.deepEqual({ ...packet.will }, { topic: 't', payload: Buffer.from('off'), qos: 1, retain: true });
});

test('[MQTT-3.1.2-11] [MQTT-3.1.2-13] [MQTT-3.1.2-15] leaves all that belongs to a will out when there is none', () => {
  const packet = encodeConnect(plain);
  assert.equal(flagsOf(packet) & 0b00111100, 0);
  assert.equal(packet, hex('10 0d', '00 04 4d515454', '04', '02', '00 0a', '00 01 66'));
});

test('[MQTT-3.1.2-14] writes each QoS that a will can have, and never 3', () => {
  const written = ([0, 1, 2] as const).map((level) => {
    return flagsOf(encodeConnect({ ...plain, will: { ...will, qos: level } }));
  });
  assert.deepEqual(written.map((flags) => (flags >> 3) & 3), [0, 1, 2]);
});

test('[MQTT-3.1.2-18] [MQTT-3.1.2-19] sends a user name exactly when its flag is set', () => {
  assert.equal(flagsOf(encodeConnect(plain)) & 128, 0);
  const named = encodeConnect({ ...plain, username: 'u' });
  assert.equal(named, hex('10 10 00 04 4d515454 04', '82', '00 0a 00 01 66', '00 01 75'));
});

test('[MQTT-3.1.2-20] [MQTT-3.1.2-21] sends a password exactly when its flag is set', () => {
  assert.equal(flagsOf(encodeConnect({ ...plain, username: 'u' })) & 64, 0);
  const [packet] = decode(encodeConnect({ ...plain, username: 'u', password: 'pw' }));
  assert.ok(packet?.cmd === 'connect');
  assert.deepEqual(packet.password, Buffer.from('pw'));
});

test('[MQTT-3.1.2-22] drops a password that has no user name', () => {
  assert.equal(encodeConnect({ ...plain, password: 'pw' }), encodeConnect(plain));
});

test('carries a token of 4 KB as password', () => {
  const [packet] = decode(encodeConnect({ ...plain, username: 'u', password: 'x'.repeat(4096) }));
  assert.ok(packet?.cmd === 'connect');
  assert.equal(packet.password?.length, 4096);
});

test('[MQTT-2.2.2-1] [MQTT-3.8.1-1] [MQTT-3.10.1-1] sets the reserved flags to what they must be', () => {
  const first = [encodeFilters(SUBSCRIBE, 1, ['a', 0]), encodeFilters(UNSUBSCRIBE, 1, ['a'])];
  assert.deepEqual(first.map((packet) => packet.charCodeAt(0)), [0x82, 0xa2]);
  assert.deepEqual([encode(PINGREQ, 0, ''), encode(DISCONNECT, 0, '')], [hex('c0 00'), hex('e0 00')]);
});

test('[MQTT-2.3.1-1] gives a PUBLISH of QoS 1 and 2 its identifier', () => {
  assert.equal(encodePublish('a', 'hi', 1, 0, 258), hex('32 07', '00 01 61', '01 02', '6869'));
  assert.equal(encodePublish('a', 'hi', 2, 1, 258), hex('35 07', '00 01 61', '01 02', '6869'));
});

test('[MQTT-2.3.1-5] gives a PUBLISH of QoS 0 none', () => {
  assert.equal(encodePublish('a', 'hi', 0, 0, 258), hex('30 05', '00 01 61', '6869'));
});

test('[MQTT-3.3.2-1] puts the topic name first in PUBLISH', () => {
  assert.equal(encodePublish('abc', '', 0, 0, 0), hex('30 05', '00 03 616263'));
});

test('[MQTT-3.8.3-3] [MQTT-3.8.3-4] puts each filter and its QoS in SUBSCRIBE', () => {
  assert.equal(
    encodeFilters(SUBSCRIBE, 10, ['a/b', 1, 'c', 2]),
    hex('82 0c', '00 0a', '00 03 612f62', '01', '00 01 63', '02'),
  );
});

test('[MQTT-3.10.3-2] puts each filter in UNSUBSCRIBE', () => {
  assert.equal(encodeFilters(UNSUBSCRIBE, 10, ['a/b', 'c']), hex('a2 0a', '00 0a', '00 03 612f62', '00 01 63'));
});

test('writes the Remaining Length of every size as mqtt-packet reads it', () => {
  [0, 1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152].forEach((size) => {
    const packet = encode(3, 0, int16(1) + 't' + 'x'.repeat(Math.max(0, size - 3)));
    if (size >= 3) assert.equal(decode(packet)[0]?.length, size);
    else assert.equal(packet.charCodeAt(1), 3);
  });
});

test('numbers of 16 bits survive', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 65535 }), (value) => readInt16(int16(value), 0) === value));
});

test('[MQTT-3.1.3-4] [MQTT-3.1.3-10] [MQTT-3.1.3-11] every CONNECT is read by mqtt-packet as it was meant', () => {
  const willTopic = text(20).map((found) => found || 't');
  const someWill = fc.option(fc.record({ topic: willTopic, payload: bytes, qos, retain: bit }), { nil: undefined });
  fc.assert(
    fc.property(text(30), bit, id, someWill, text(20), bytes, (clientId, clean, keepAlive, last, username, secret) => {
      const asksClean = clientId ? clean : 1;
      const [packet] = decode(encodeConnect({ clientId, clean, keepAlive, will: last, username, password: secret }));
      assert.ok(packet?.cmd === 'connect');
      assert.equal(packet.protocolId, 'MQTT');
      assert.equal(packet.protocolVersion, 4);
      assert.equal(utf8(packet.clientId), clientId);
      assert.equal(packet.clean, asksClean === 1);
      assert.equal(packet.keepalive, keepAlive);
      assert.equal(utf8(packet.username ?? ''), username);
      assert.equal(packet.password?.toString('latin1') ?? '', username ? secret : '');
      assert.equal(utf8(packet.will?.topic ?? ''), last?.topic ?? '');
      assert.equal(packet.will?.payload.toString('latin1') ?? '', last?.payload ?? '');
      assert.equal(packet.will?.qos ?? 0, last?.qos ?? 0);
      assert.equal(packet.will?.retain ?? false, last?.retain === 1);
    }),
  );
});

test('every PUBLISH is read by mqtt-packet as it was meant', () => {
  const topic = text(30, 1).map((found) => found.replace(/[+#]/g, '_') || 't');
  fc.assert(
    fc.property(topic, bytes, qos, bit, id, (name, payload, level, retain, messageId) => {
      const [packet] = decode(encodePublish(name, payload, level, retain, messageId));
      assert.ok(packet?.cmd === 'publish');
      assert.equal(utf8(packet.topic), name);
      assert.equal(packet.payload.toString('latin1'), payload);
      assert.equal(packet.qos, level);
      assert.equal(packet.retain, retain === 1);
      assert.equal(packet.dup, false);
      assert.equal(packet.messageId, level ? messageId : undefined);
    }),
  );
});

test('[MQTT-3.8.3-1] [MQTT-3.10.3-1] every list of filters is read by mqtt-packet as it was meant', () => {
  const filter = text(30, 1).map((found) => found.replace(/[+#]/g, '_') || 'f');
  const filters = fc.array(fc.tuple(filter, qos), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(filters, id, (wanted, messageId) => {
      const [subscribe] = decode(encodeFilters(SUBSCRIBE, messageId, wanted.flat()));
      assert.ok(subscribe?.cmd === 'subscribe');
      assert.deepEqual(subscribe.subscriptions.map((each) => [utf8(each.topic), each.qos]), wanted);
      assert.equal(subscribe.messageId, messageId);
      const names = wanted.map(([name]) => name);
      const [unsubscribe] = decode(encodeFilters(UNSUBSCRIBE, messageId, names));
      assert.ok(unsubscribe?.cmd === 'unsubscribe');
      assert.deepEqual(unsubscribe.unsubscriptions.map(utf8), names);
    }),
  );
});
