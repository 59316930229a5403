import assert from 'node:assert/strict';
import test from 'node:test';
import { publish, pubrel } from '../../support/packets.ts';
import { online } from '../../support/scripted-broker.ts';

const big = 'x'.repeat(5000);

test('skips a message over the limit and counts it', () => {
  const bench = online({ maxPacket: 100 });
  bench.send(publish('t', big), publish('t', 'small'));
  assert.deepEqual(bench.toldLines(), ['skipped', 'message t=small']);
});

test('acknowledges a message of QoS 1 over the limit, so that it does not come again', () => {
  const bench = online({ maxPacket: 100 });
  bench.send(publish('t', big, { qos: 1, id: 300 }));
  assert.deepEqual(bench.heardLines(), ['puback #300']);
  assert.deepEqual(bench.toldLines(), ['skipped']);
});

test('takes a message of QoS 2 over the limit through its handshake', () => {
  const bench = online({ maxPacket: 100 });
  bench.send(publish('t', big, { qos: 2, id: 300 }), pubrel(300));
  assert.deepEqual(bench.heardLines(), ['pubrec #300', 'pubcomp #300']);
  assert.deepEqual(bench.toldLines(), ['skipped']);
});

test('skips a topic over the limit', () => {
  const bench = online({ maxPacket: 100 });
  bench.send(publish('t'.repeat(60_000), 'x', { qos: 1, id: 2 }), publish('t', 'small'));
  assert.deepEqual(bench.toldLines(), ['skipped', 'message t=small']);
});

test('skips the same in single bytes', () => {
  const bench = online({ maxPacket: 100 });
  bench.link.pieces = 1;
  bench.send(publish('t', big, { qos: 1, id: 300 }), publish('t', 'small'));
  assert.deepEqual(bench.heardLines(), ['puback #300']);
  assert.deepEqual(bench.toldLines(), ['skipped', 'message t=small']);
});

test('takes a message of exactly the limit', () => {
  const bench = online({ maxPacket: 100 });
  bench.send(publish('t', 'x'.repeat(97)), publish('t', 'x'.repeat(98)));
  assert.deepEqual(bench.toldLines(), [`message t=${'x'.repeat(97)}`, 'skipped']);
});

test('forgets a half-skipped message with its link', () => {
  const bench = online({ maxPacket: 100 });
  bench.send(publish('t', big).slice(0, 1000));
  bench.reconnect(true);
  bench.send(publish('t', 'small'));
  assert.equal(bench.toldLines().at(-1), 'message t=small');
});

test('takes a message of 256 MB less one byte as a row of chunks, without keeping any', () => {
  const bench = online({ maxPacket: 100 });
  bench.send('\x30\xff\xff\xff\x7f');
  const chunk = 'x'.repeat(1_000_000);
  for (let left = 268_435_455; left > 0; left -= chunk.length) bench.send(chunk.slice(0, left));
  bench.send(publish('t', 'small'));
  assert.deepEqual(bench.toldLines(), ['skipped', 'message t=small']);
});
