import assert from 'node:assert/strict';
import test from 'node:test';
import { SUBSCRIBE, UNSUBSCRIBE } from '../../../firmware/core/mqtt/packet.ts';
import { puback, publish, suback, unsuback } from '../../support/packets.ts';
import { Bench, online } from '../../support/scripted-broker.ts';

/** A bench that has asked for two filters; gives the identifier of the SUBSCRIBE. */
function asked(): { bench: Bench; id: number } {
  const bench = online({ keepAlive: 0 });
  const id = bench.session.request(SUBSCRIBE, ['a', 1, 'b/#', 2], 2);
  assert.deepEqual(bench.heardLines(), [`subscribe #${id} a:1 b/#:2`]);
  return { bench, id };
}

test('subscribes to several filters with one packet', () => {
  const { bench, id } = asked();
  bench.send(suback(id, 1, 2));
  assert.deepEqual(bench.toldLines(), [`settled 9 #${id} 1 2`]);
});

test('[MQTT-3.9.3-1] hands over each grant in the order of the filters, refusals and lower ones too', () => {
  const { bench, id } = asked();
  bench.send(suback(id, 0x80, 0));
  assert.deepEqual(bench.toldLines(), [`settled 9 #${id} 128 0`]);
});

test('[MQTT-3.8.4-5] closes on a SUBACK with a grant too few or too many', () => {
  [[1], [1, 2, 0], []].forEach((grants) => {
    const { bench, id } = asked();
    bench.send(suback(id, ...grants));
    bench.assertClosed('malformed');
  });
});

test('[MQTT-3.9.3-2] closes on a SUBACK with a reserved grant', () => {
  [3, 4, 0x7f, 0x81, 0xff].forEach((grant) => {
    const { bench, id } = asked();
    bench.send(suback(id, 1, grant));
    bench.assertClosed('malformed');
  });
});

test('[MQTT-2.3.1-7] waits for the SUBACK that carries its identifier', () => {
  const { bench, id } = asked();
  bench.send(suback(id ^ 1, 1, 2), unsuback(id));
  assert.deepEqual(bench.toldLines(), []);
  bench.send(suback(id, 1, 2));
  assert.deepEqual(bench.toldLines(), [`settled 9 #${id} 1 2`]);
});

test('closes a link on which no SUBACK comes within 15 s', () => {
  const { bench } = asked();
  bench.seconds(14);
  assert.equal(bench.session.state(), 3);
  bench.seconds(1);
  bench.assertClosed('no SUBACK');
});

test('misses a SUBACK even while messages are acknowledged', () => {
  const { bench } = asked();
  for (let i = 0; i < 14; i++) {
    bench.seconds(1);
    bench.send(puback(bench.session.publish('t', 'x', 1, 0)));
  }
  bench.seconds(1);
  bench.assertClosed('no SUBACK');
});

test('gives a SUBSCRIBE its 15 s whatever waited before it', () => {
  const bench = online({ keepAlive: 0 });
  bench.session.publish('t', 'x', 1, 0);
  bench.seconds(14);
  const id = bench.session.request(SUBSCRIBE, ['a', 1], 1);
  bench.seconds(14);
  bench.send(suback(id, 1));
  assert.equal(bench.toldLines().length, 1);
});

test('takes messages before SUBACK', () => {
  const { bench } = asked();
  bench.send(publish('a', 'retained', { retain: true }));
  assert.deepEqual(bench.toldLines(), ['message a=retained retain']);
});

test('unsubscribes from several filters with one packet', () => {
  const bench = online();
  const id = bench.session.request(UNSUBSCRIBE, ['a', 'b/#'], 2);
  assert.deepEqual(bench.heardLines(), [`unsubscribe #${id} a b/#`]);
  bench.send(unsuback(id));
  assert.deepEqual(bench.toldLines(), [`settled 11 #${id}`]);
});

test('takes a message that was on its way when it unsubscribed', () => {
  const bench = online();
  const id = bench.session.request(UNSUBSCRIBE, ['a'], 1);
  bench.send(publish('a', 'late', { qos: 1, id: 1 }), unsuback(id));
  assert.deepEqual(bench.toldLines(), ['message a=late qos1', `settled 11 #${id}`]);
});

test('never sends SUBSCRIBE or UNSUBSCRIBE on another connection than its own', () => {
  for (const present of [true, false]) {
    const bench = online();
    bench.session.request(SUBSCRIBE, ['a', 1], 1);
    bench.session.request(UNSUBSCRIBE, ['a'], 1);
    // Some callers do not say how many filters there are: only SUBACK tells.
    bench.session.request(UNSUBSCRIBE, ['b'], 0);
    assert.deepEqual(bench.reconnect(present), []);
  }
});

test('closes a link on which no UNSUBACK comes within 15 s', () => {
  const bench = online({ keepAlive: 0 });
  bench.session.request(UNSUBSCRIBE, ['a'], 1);
  bench.seconds(15);
  bench.assertClosed('no acknowledgement');
});

test('does not repeat a SUBSCRIBE on the next link: the owner decides', () => {
  const { bench } = asked();
  assert.deepEqual(bench.reconnect(true), []);
  assert.deepEqual(bench.reconnect(false), []);
});

test('subscribes before messages that wait', () => {
  const bench = new Bench();
  for (let i = 0; i < 5; i++) bench.session.publish('t', 'x', 1, 0);
  bench.onOnline = () => bench.session.request(SUBSCRIBE, ['a', 1], 1);
  assert.match(bench.reconnect(false)[0] ?? '', /^subscribe #\d+ a:1$/);
});

test('takes no SUBSCRIBE while it is offline', () => {
  const bench = new Bench();
  assert.equal(bench.session.request(SUBSCRIBE, ['a', 1], 1), -1);
  assert.equal(bench.greet().session.request(SUBSCRIBE, ['a', 1], 1), -1);
});

test('gives subscriptions and messages identifiers of one range', () => {
  const bench = online();
  const first = bench.session.request(SUBSCRIBE, ['a', 1], 1);
  const second = bench.session.publish('t', 'x', 1, 0);
  bench.send('\x40\x02' + String.fromCharCode(first >> 8, first & 255));
  assert.deepEqual(bench.toldLines(), []);
  assert.notEqual(first, second);
});
