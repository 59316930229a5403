import assert from 'node:assert/strict';
import test from 'node:test';
import { connack, publish, pubrel } from '../../support/packets.ts';
import { online } from '../../support/scripted-broker.ts';

test('takes a QoS 0 message and says nothing', () => {
  const bench = online();
  bench.send(publish('t', 'x'));
  assert.deepEqual(bench.toldLines(), ['message t=x']);
  assert.deepEqual(bench.heardLines(), []);
});

test('[MQTT-3.3.4-1] answers each QoS as table 3.4 says', () => {
  const bench = online();
  bench.send(publish('t', 'a'), publish('t', 'b', { qos: 1, id: 1 }), publish('t', 'c', { qos: 2, id: 2 }));
  assert.deepEqual(bench.heardLines(), ['puback #1', 'pubrec #2']);
  assert.deepEqual(bench.toldLines(), ['message t=a', 'message t=b qos1', 'message t=c qos2']);
});

test('hands on RETAIN and DUP as they came', () => {
  const bench = online();
  bench.send(publish('t', 'x', { qos: 1, id: 1, dup: true, retain: true }));
  assert.deepEqual(bench.toldLines(), ['message t=x qos1 retain dup']);
});

test('[MQTT-4.3.2-2] takes a QoS 1 message with a used identifier as a new one, DUP or not', () => {
  const bench = online();
  bench.send(publish('t', 'a', { qos: 1, id: 5 }), publish('t', 'a', { qos: 1, id: 5, dup: true }));
  assert.deepEqual(bench.heardLines(), ['puback #5', 'puback #5']);
  assert.equal(bench.toldLines().length, 2);
});

test('[MQTT-4.3.3-2] delivers a QoS 2 message once, however often it comes', () => {
  const bench = online();
  bench.send(publish('t', 'x', { qos: 2, id: 5 }), publish('t', 'x', { qos: 2, id: 5, dup: true }));
  assert.deepEqual(bench.heardLines(), ['pubrec #5', 'pubrec #5']);
  bench.send(pubrel(5));
  assert.deepEqual(bench.heardLines(), ['pubcomp #5']);
  assert.deepEqual(bench.toldLines(), ['message t=x qos2']);
});

test('takes an identifier as new after PUBCOMP', () => {
  const bench = online();
  bench.send(publish('t', 'a', { qos: 2, id: 5 }), pubrel(5), publish('t', 'b', { qos: 2, id: 5 }));
  assert.deepEqual(bench.toldLines(), ['message t=a qos2', 'message t=b qos2']);
});

test('answers every PUBREL with PUBCOMP, even one that it knows nothing of', () => {
  const bench = online();
  bench.send(pubrel(5), pubrel(5));
  assert.deepEqual(bench.heardLines(), ['pubcomp #5', 'pubcomp #5']);
});

test('delivers a QoS 2 message once across a reconnection', () => {
  const bench = online();
  bench.send(publish('t', 'x', { qos: 2, id: 5 }));
  bench.reconnect(true);
  bench.send(publish('t', 'x', { qos: 2, id: 5, dup: true }), pubrel(5));
  assert.deepEqual(bench.heardLines(), ['pubrec #5', 'pubcomp #5']);
  assert.deepEqual(bench.toldLines().filter((each) => each.startsWith('message')), ['message t=x qos2']);
});

test('takes a QoS 2 identifier as new when the server has lost the session', () => {
  const bench = online();
  bench.send(publish('t', 'a', { qos: 2, id: 5 }));
  bench.reconnect(false);
  bench.send(publish('t', 'b', { qos: 2, id: 5 }));
  assert.deepEqual(bench.toldLines().at(-1), 'message t=b qos2');
});

test('tells apart identifiers that share bytes', () => {
  const bench = online();
  const ids = [0x0102, 0x0203, 0x0201, 0x0101, 0x0301];
  bench.send(...ids.map((id) => publish('t', 'x', { qos: 2, id })));
  assert.equal(bench.toldLines().length, ids.length);
  bench.send(pubrel(0x0201), publish('t', 'x', { qos: 2, id: 0x0102 }), publish('t', 'y', { qos: 2, id: 0x0201 }));
  assert.deepEqual(bench.toldLines(), ['message t=y qos2']);
});

test('[MQTT-4.5.0-2] acknowledges a message before anybody can refuse it', () => {
  const bench = online();
  bench.onMessage = () => {
    throw new Error('not this one');
  };
  assert.throws(() => bench.send(publish('t', 'x', { qos: 1, id: 3 })));
  assert.deepEqual(bench.heardLines(), ['puback #3']);
});

test('[MQTT-4.6.0-2] [MQTT-4.6.0-3] acknowledges in the order in which messages come', () => {
  const bench = online();
  bench.send(...[9, 3, 7].map((id) => publish('t', 'x', { qos: 1, id })));
  bench.send(...[8, 2, 6].map((id) => publish('t', 'x', { qos: 2, id })));
  assert.deepEqual(bench.heardLines(), ['puback #9', 'puback #3', 'puback #7', 'pubrec #8', 'pubrec #2', 'pubrec #6']);
});

test('takes messages on a new link right after CONNACK, in the same piece', () => {
  const bench = online();
  bench.link.lose();
  bench.greet().send(connack(0, true), publish('t', 'x', { qos: 1, id: 1, dup: true }));
  assert.deepEqual(bench.toldLines().slice(1), ['online, session present', 'message t=x qos1 dup']);
});

test('lets a message handler end the session', () => {
  const bench = online();
  bench.onMessage = () => bench.session.end();
  bench.send(publish('t', 'a'), publish('t', 'b', { qos: 1, id: 1 }));
  assert.deepEqual(bench.toldLines(), ['message t=a', 'offline: disconnected']);
  assert.deepEqual(bench.heardLines(), ['disconnect']);
});

test('reads nothing more of a link that a message handler has left for a new one', () => {
  const bench = online();
  bench.onMessage = () => {
    bench.session.end();
    bench.session.open();
  };
  bench.send(publish('t', 'a'), publish('t', 'b'), connack());
  assert.deepEqual(bench.toldLines().filter((each) => each.startsWith('message')), ['message t=a']);
  bench.session.closed('whatever the state');
  bench.onMessage = () => {};
  bench.online().send(publish('t', 'c'));
  assert.deepEqual(bench.toldLines(), ['message t=c']);
});

test('takes any bytes as payload, and a payload of none', () => {
  const bench = online();
  const all = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join('');
  bench.send(publish('t', all), publish('t', ''));
  assert.deepEqual(bench.toldLines(), [`message t=${all}`, 'message t=']);
});

test('takes single bytes as it takes whole packets', () => {
  const bench = online();
  bench.link.pieces = 1;
  bench.send(publish('t', 'x', { qos: 2, id: 1 }), pubrel(1), publish('u', 'y'));
  assert.deepEqual(bench.toldLines(), ['message t=x qos2', 'message u=y']);
  assert.deepEqual(bench.heardLines(), ['pubrec #1', 'pubcomp #1']);
});

test('bounds the QoS 2 messages that a server may leave unreleased', () => {
  const bench = online();
  for (let id = 1; id <= 32; id++) bench.send(publish('t', 'x', { qos: 2, id }));
  assert.equal(bench.session.state(), 3);
  bench.send(publish('t', 'x', { qos: 2, id: 33 }));
  bench.assertClosed('too many messages in flight');
});

test('closes on a server that never releases a QoS 2 message', () => {
  const bench = online({ keepAlive: 0 });
  bench.send(publish('t', 'x', { qos: 2, id: 1 }));
  // The second in which it came does not count.
  bench.seconds(16);
  bench.assertClosed('no acknowledgement');
});

test('stays while QoS 2 messages keep coming and are released in time', () => {
  const bench = online({ keepAlive: 0 });
  bench.send(publish('t', 'x', { qos: 2, id: 1 }));
  for (let id = 2; id < 40; id++) {
    bench.seconds(5);
    bench.send(publish('t', 'x', { qos: 2, id }), pubrel(id - 1));
  }
  assert.equal(bench.session.state(), 3);
});

test('waits for an acknowledgement while messages keep coming: it is behind them', () => {
  const bench = online({ keepAlive: 0 });
  bench.session.publish('t', 'x', 1, 0);
  for (let i = 0; i < 60; i++) {
    bench.send(publish('t', 'x'));
    bench.seconds(1);
  }
  assert.equal(bench.session.state(), 3);
  bench.seconds(15);
  bench.assertClosed('no acknowledgement');
});
