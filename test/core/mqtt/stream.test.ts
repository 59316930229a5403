import assert from 'node:assert/strict';
import test, { mock } from 'node:test';
import fc from 'fast-check';
import { createStream, SLICE } from '../../../firmware/core/mqtt/stream.ts';
import { hex, publish, puback, pubrel, suback, wire } from '../../support/packets.ts';

/** Feeds chunks to a stream and gives what came out, one line a packet: first byte, body, `skipped`. */
function cut(limit: number, chunks: string[]): { packets: string[]; reason: string } {
  const packets: string[] = [];
  const { take: feed } = createStream(limit, (head, give, skipped) => {
    const hexBody = Buffer.from(give(), 'latin1').toString('hex');
    packets.push([head.toString(16), hexBody, skipped ? 'skipped' : ''].join(' ').trim());
    return '';
  });
  let reason = '';
  for (const chunk of chunks) {
    reason = feed(chunk);
    if (reason) break;
  }
  return { packets, reason };
}

/** Every way to cut bytes that fast-check thinks of, single bytes among them. */
function pieces(bytes: string, sizes: number[]): string[] {
  const found: string[] = [];
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    found.push(bytes.slice(at, at + size));
    at += size;
  }
  return found;
}

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 });
const payload = fc.uint8Array({ maxLength: 300 }).map((found) => Buffer.from(found).toString('latin1'));
const id = fc.integer({ min: 1, max: 65535 });
const anyPacket = fc.oneof(
  fc.tuple(payload, id).map(([body, messageId]) => publish('some/topic', body, { qos: 2, id: messageId })),
  payload.map((body) => publish('t', body)),
  id.map(puback),
  id.map(pubrel),
  id.map((messageId) => suback(messageId, 0, 1, 2, 128)),
  fc.constant(wire({ cmd: 'pingresp' })),
);

test('cuts one piece into the packets that it holds', () => {
  const { packets, reason } = cut(100, [hex('40 02 0001', '30 04 0001 61 62', 'd0 00', '40 02 0002')]);
  assert.deepEqual(packets, ['40 0001', '30 00016162', 'd0', '40 0002']);
  assert.equal(reason, '');
});

test('puts a packet together from single bytes', () => {
  assert.deepEqual(cut(100, [...hex('30 04 0001 61 62', '40 02 0001')]).packets, ['30 00016162', '40 0001']);
});

test('waits for the second byte of a Remaining Length', () => {
  const packet = publish('t', 'x'.repeat(200));
  assert.equal(cut(500, [packet.slice(0, 2), packet.slice(2)]).packets.length, 1);
});

test('[MQTT-4.8.0-1] closes on a Remaining Length of five bytes', () => {
  assert.equal(cut(100, [hex('30 ff ff ff ff 01')]).reason, 'malformed');
  assert.equal(cut(100, [...hex('30 80 80 80 80')]).reason, 'malformed');
});

test('any split of any packets gives the same packets', () => {
  fc.assert(
    fc.property(fc.array(anyPacket, { maxLength: 12 }), sizes, fc.constantFrom(20, 1000), (packets, lengths, limit) => {
      const bytes = packets.join('');
      assert.deepEqual(cut(limit, pieces(bytes, lengths)), cut(limit, [bytes]));
      assert.deepEqual(cut(limit, [...bytes]), cut(limit, [bytes]));
      assert.equal(cut(limit, [bytes]).packets.length, packets.length);
    }),
  );
});

test('keeps a packet of exactly the limit and skips one that is a byte longer', () => {
  assert.deepEqual(cut(5, [publish('t', 'xx')]).packets, ['30 0001747878']);
  assert.deepEqual(cut(5, [publish('t', 'xxx')]).packets, ['30  skipped']);
});

test('goes on after a skipped packet', () => {
  const { packets } = cut(20, [...publish('t', 'x'.repeat(5000)), ...hex('40 02 0001')]);
  assert.deepEqual(packets, ['30  skipped', '40 0001']);
});

test('picks the identifier out of a skipped PUBLISH of QoS 1 and 2', () => {
  const big = publish('a/long/topic/name', 'x'.repeat(300), { qos: 1, id: 0x1234 });
  assert.deepEqual(cut(10, [...big]).packets, ['32 1234 skipped']);
  assert.deepEqual(cut(10, [big.slice(0, 5), big.slice(5)]).packets, ['32 1234 skipped']);
});

test('closes on a skipped PUBLISH whose topic is longer than the packet', () => {
  assert.equal(cut(10, [hex('32 14', 'ffff') + 'x'.repeat(18)]).reason, 'malformed');
});

test('says nothing for any bytes but packets and reasons, and never throws', () => {
  const noise = fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 8 });
  fc.assert(
    fc.property(noise, fc.integer({ min: 4, max: 200 }), (chunks, limit) => {
      const { reason } = cut(limit, chunks.map((chunk) => Buffer.from(chunk).toString('latin1')));
      assert.ok(['', 'malformed'].includes(reason));
    }),
  );
});

test('never hands on more than the limit, and never holds more than limit and header', () => {
  const noisy = fc.array(fc.oneof(anyPacket, payload), { maxLength: 10 });
  fc.assert(
    fc.property(noisy, sizes, fc.integer({ min: 4, max: 100 }), (packets, lengths, limit) => {
      assert.ok(mostCutOff(limit, pieces(packets.join(''), lengths)) <= limit + 5);
    }),
  );
});

test('gives the body of a packet once, and on the next connection nothing of the last', () => {
  const given: string[] = [];
  let times = 2;
  const { take: feed, reset } = createStream(10, (_head, give) => {
    for (let i = 0; i < times; i++) given.push(give());
    return times ? '' : 'closed';
  });
  feed(puback(5));
  assert.deepEqual(given.splice(0), [hex('00 05'), '']);
  times = 0;
  assert.equal(feed(puback(6)), 'closed');
  reset();
  times = 1;
  // PINGRESP has no body, and that of a packet over the limit is not kept.
  feed(hex('d0 00') + publish('t', 'x'.repeat(20)));
  assert.deepEqual(given, ['', '']);
});

/**
 * The longest string that a stream cut off its chunks. A stream has no window to look through, but all that it hands
 * on or keeps until the next chunk is cut off with `substr`. A chunk itself is looked at in slices, which are longer
 * than any limit here, and are not kept.
 */
function mostCutOff(limit: number, chunks: string[]): number {
  const substr = mock.method(String.prototype, 'substr');
  try {
    const { take: feed } = createStream(limit, () => '');
    chunks.some((chunk) => feed(chunk));
    const kept = substr.mock.calls.filter((call) => call.arguments[1] !== SLICE);
    return Math.max(0, ...kept.map((call) => (call.result as string).length));
  } finally {
    substr.mock.restore();
  }
}
