import assert from 'node:assert/strict';
import test from 'node:test';
import { puback, pubcomp, pubrec } from '../../support/packets.ts';
import { Bench, online } from '../../support/scripted-broker.ts';

test('[MQTT-4.4.0-1] [MQTT-3.3.1-1] [MQTT-2.3.1-3] resends what is unacknowledged, with its identifier and DUP', () => {
  const bench = online();
  const one = bench.session.publish('t', 'one', 1, 0);
  const two = bench.session.publish('t', 'two', 2, 1);
  assert.deepEqual(bench.reconnect(true), [`publish t=one qos1 #${one} dup`, `publish t=two qos2 #${two} dup retain`]);
});

test('[MQTT-4.6.0-1] resends in the order of the first sending', () => {
  const bench = online();
  ['a', 'b', 'c', 'd'].forEach((payload, i) => bench.session.publish('t', payload, 1 + (i % 2), 0));
  assert.deepEqual(bench.reconnect(true).map((each) => each.split(' ')[1]), ['t=a', 't=b', 't=c', 't=d']);
});

test('resends PUBREL, and never the PUBLISH that came before it', () => {
  const bench = online();
  const id = bench.session.publish('t', 'x', 2, 0);
  bench.send(pubrec(id));
  assert.deepEqual(bench.reconnect(true), [`pubrel #${id}`]);
  assert.deepEqual(bench.reconnect(true), [`pubrel #${id}`]);
  bench.send(pubcomp(id));
  assert.deepEqual(bench.reconnect(true), []);
});

test('resends PUBRELs before messages, in the order of their PUBRECs', () => {
  const bench = online();
  const send = (payload: string) => bench.session.publish('t', payload, 2, 0);
  const [a, b, c] = [send('a'), send('b'), send('c')];
  bench.send(pubrec(b), pubrec(a));
  assert.deepEqual(bench.reconnect(true), [`pubrel #${b}`, `pubrel #${a}`, `publish t=c qos2 #${c} dup`]);
});

test('a message that was never sent goes out without DUP', () => {
  const bench = online();
  const sent = bench.session.publish('t', 'sent', 1, 0);
  bench.link.lose();
  const waiting = bench.session.publish('t', 'waiting', 1, 0);
  assert.deepEqual(bench.reconnect(true), [`publish t=sent qos1 #${sent} dup`, `publish t=waiting qos1 #${waiting}`]);
});

test('a message beyond the window of four goes out without DUP', () => {
  const bench = online();
  const ids = Array.from({ length: 6 }, () => bench.session.publish('t', 'x', 1, 0));
  assert.equal(bench.reconnect(true).length, 4);
  bench.send(puback(ids[0] ?? 0));
  assert.deepEqual(bench.heardLines(), [`publish t=x qos1 #${ids[4]}`]);
});

test('an acknowledgement on the new link ends a handshake of the old one', () => {
  const bench = online();
  const id = bench.session.publish('t', 'x', 1, 0);
  bench.reconnect(true);
  bench.toldLines();
  bench.send(puback(id));
  assert.deepEqual(bench.toldLines(), [`settled 4 #${id}`]);
});

test('[MQTT-3.1.2-4] [MQTT-4.1.0-1] keeps its half of the session while it is offline, however long', () => {
  const bench = online();
  const id = bench.session.publish('t', 'x', 2, 0);
  bench.link.lose();
  bench.seconds(100_000);
  assert.deepEqual(bench.reconnect(true), [`publish t=x qos2 #${id} dup`]);
});

test('[MQTT-4.1.0-2] keeps its half of the session through refusals and links that break at once', () => {
  const bench = online();
  const id = bench.session.publish('t', 'x', 1, 0);
  bench.link.lose();
  bench.greet().send('\x20\x02\x00\x03');
  bench.greet().link.lose();
  bench.refuseToDial = 'no route';
  bench.session.open();
  bench.refuseToDial = '';
  assert.deepEqual(bench.reconnect(true), [`publish t=x qos1 #${id} dup`]);
});

test('[MQTT-3.1.2-6] starts anew when the server has not kept the session: messages go out as new ones', () => {
  const bench = online();
  const one = bench.session.publish('t', 'one', 1, 0);
  const two = bench.session.publish('t', 'two', 2, 0);
  assert.deepEqual(bench.reconnect(false), [`publish t=one qos1 #${one}`, `publish t=two qos2 #${two}`]);
});

test('does not release what a server without the session cannot know', () => {
  const bench = online();
  const id = bench.session.publish('t', 'x', 2, 0);
  bench.send(pubrec(id));
  assert.deepEqual(bench.reconnect(false), []);
});

test('sets DUP again once a message has been sent on the new session', () => {
  const bench = online();
  const id = bench.session.publish('t', 'x', 1, 0);
  bench.reconnect(false);
  assert.deepEqual(bench.reconnect(true), [`publish t=x qos1 #${id} dup`]);
});

test('a clean session carries no state from one connection to the next', () => {
  const bench = online({ clean: 1 });
  const id = bench.session.publish('t', 'x', 1, 0);
  assert.deepEqual(bench.reconnect(false), [`publish t=x qos1 #${id}`]);
});

test('resends on every reconnection until it is answered', () => {
  const bench = online();
  const id = bench.session.publish('t', 'x', 1, 0);
  for (let i = 0; i < 5; i++) assert.deepEqual(bench.reconnect(true), [`publish t=x qos1 #${id} dup`]);
});

test('counts only the seconds since the last progress of a handshake', () => {
  const bench = new Bench({ keepAlive: 0 }).online();
  const id = bench.session.publish('t', 'x', 2, 0);
  bench.seconds(14);
  bench.send(pubrec(id));
  bench.seconds(14);
  bench.send(pubcomp(id));
  bench.seconds(100);
  assert.equal(bench.session.state(), 3);
});
