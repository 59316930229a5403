import assert from 'node:assert/strict';
import test from 'node:test';
import { CLOSED, DIALLING, GREETING, ONLINE } from '../../../firmware/core/mqtt/session.ts';
import { connack, decode, hex, pingresp, puback, publish, suback } from '../../support/packets.ts';
import { Bench, online } from '../../support/scripted-broker.ts';

test('passes its states in order', () => {
  const bench = new Bench();
  assert.equal(bench.session.state(), CLOSED);
  bench.session.open();
  assert.equal(bench.session.state(), DIALLING);
  bench.link.open();
  assert.equal(bench.session.state(), GREETING);
  bench.send(connack());
  assert.equal(bench.session.state(), ONLINE);
  assert.deepEqual(bench.toldLines(), ['online']);
});

test('says how long everything stood still for an attempt that fails, and no more once one has succeeded', () => {
  const bench = new Bench();
  bench.blocks = 18;
  bench.session.open();
  bench.link.lose();
  assert.equal(bench.lostAfter, 18);
  bench.greet();
  bench.send(connack());
  bench.link.lose();
  assert.equal(bench.lostAfter, 0);
});

test('[MQTT-3.1.0-1] sends CONNECT first, whatever waits', () => {
  const bench = new Bench();
  bench.session.publish('t', 'x', 1, 0);
  bench.greet();
  assert.deepEqual(bench.heardLines(), ['connect']);
});

test('[MQTT-3.1.0-2] sends CONNECT once a connection', () => {
  const bench = new Bench().greet();
  bench.session.open();
  bench.send(connack());
  bench.session.publish('t', 'x', 0, 0);
  bench.seconds(60);
  assert.deepEqual(bench.heardLines().filter((each) => each === 'connect'), ['connect']);
  assert.equal(bench.dials, 1);
});

test('sends one CONNECT to a socket that says twice that it is open, and none to one that it has left', () => {
  const bench = new Bench().greet();
  bench.session.opened();
  assert.deepEqual(bench.heardLines(), ['connect']);
  bench.session.end();
  bench.session.opened();
  assert.deepEqual(bench.heardLines(), []);
});

test('[MQTT-3.1.3-2] names itself by the same client identifier in each connection', () => {
  const bench = new Bench().greet();
  const first = bench.heardBytes();
  bench.link.lose();
  assert.equal(bench.greet().heardBytes(), first);
  assert.match(first, /front$/);
});

test('[MQTT-3.1.3-7] asks for a clean session when it has no client identifier', () => {
  const [packet] = decode(new Bench({ hello: { clientId: '', clean: 0 } }).greet().heardBytes());
  assert.ok(packet?.cmd === 'connect');
  assert.equal(packet.clean, true);
});

test('sends nothing but CONNECT before CONNACK', () => {
  const bench = new Bench().greet();
  bench.session.publish('t', 'x', 1, 0);
  assert.equal(bench.session.publish('t', 'x', 0, 0), -1);
  bench.seconds(10);
  assert.deepEqual(bench.heardLines(), ['connect']);
});

test('[MQTT-3.2.0-1] closes on any packet that comes before CONNACK', () => {
  [publish('t', 'x'), puback(1), suback(1, 0), pingresp()].forEach((packet) => {
    const bench = new Bench().greet();
    bench.send(packet);
    bench.assertClosed('protocol error');
  });
});

test('closes on a second CONNACK', () => {
  const bench = online();
  bench.send(connack());
  bench.assertClosed('protocol error');
});

test('[MQTT-3.2.2-5] reports each refusal by its reason, and closes', () => {
  const reasons = [1, 2, 3, 4, 5].map((code) => {
    const bench = new Bench().greet();
    bench.send(connack(code));
    return bench.toldLines();
  });
  assert.deepEqual(reasons.flat(), [
    'offline: unacceptable protocol version',
    'offline: identifier rejected',
    'offline: server unavailable',
    'offline: bad user name or password',
    'offline: not authorized',
  ]);
});

test('closes on a return code that does not exist', () => {
  const bench = new Bench().greet();
  bench.send(hex('20 02 00 06'));
  bench.assertClosed('protocol error');
});

test('[MQTT-3.2.2-1] closes on "session present" after asking for a clean session', () => {
  const bench = new Bench({ clean: 1 }).greet();
  bench.send(connack(0, true));
  bench.assertClosed('protocol error');
});

test('[MQTT-3.2.2-2] [MQTT-3.2.2-3] tells its owner whether the server had kept the session', () => {
  const bench = new Bench().greet();
  bench.send(connack(0, false));
  bench.reconnect(true);
  assert.deepEqual(bench.toldLines(), ['online', 'offline: connection lost', 'online, session present']);
});

test('[MQTT-3.2.2-4] closes on a refusal that claims a session', () => {
  const bench = new Bench().greet();
  bench.send(hex('20 02 01 05'));
  bench.assertClosed('protocol error');
});

test('closes on a CONNACK with reserved flags, or of another length', () => {
  ['20 02 02 00', '20 02 80 00', '21 02 00 00', '20 01 00', '20 03 00 00 00', '20 00'].forEach((bytes) => {
    const bench = new Bench().greet();
    bench.send(hex(bytes));
    assert.equal(bench.session.state(), CLOSED, bytes);
    assert.ok(bench.link.ended);
  });
});

test('gives up a connection that is not made within 15 s', () => {
  const bench = new Bench();
  bench.session.open();
  bench.seconds(14);
  assert.equal(bench.session.state(), DIALLING);
  bench.seconds(1);
  bench.assertClosed('connection timed out');
});

test('gives up a server that sends no CONNACK within 15 s', () => {
  const bench = new Bench();
  bench.session.open();
  bench.seconds(14);
  bench.link.open();
  bench.seconds(14);
  assert.equal(bench.session.state(), GREETING);
  bench.seconds(1);
  bench.assertClosed('no CONNACK');
});

test('reports a link that cannot even be dialled', () => {
  const bench = new Bench();
  bench.refuseToDial = 'Unable to locate host';
  bench.session.open();
  assert.deepEqual(bench.toldLines(), ['offline: cannot connect: Unable to locate host']);
  assert.equal(bench.session.state(), CLOSED);
});

test('reports a lost link once, with its reason', () => {
  const bench = online();
  bench.link.lose('network gone');
  bench.session.closed('again');
  assert.deepEqual(bench.toldLines(), ['offline: network gone']);
});

test('understands what a socket hands to its listeners', () => {
  const given = [false, true, undefined, { code: -9, message: 'reset' }, new Error('no route'), 'words'];
  const reasons = given.map((found) => {
    const bench = online();
    bench.session.closed(found);
    return bench.toldLines().join();
  });
  const lost = 'offline: connection lost';
  assert.deepEqual(reasons, [lost, lost, lost, 'offline: reset', 'offline: no route', 'offline: words']);
});

test('tells for how long the server was not heard', () => {
  const bench = new Bench();
  const ages: number[] = [];
  bench.onOnline = (age) => ages.push(age);
  bench.online();
  bench.seconds(20);
  bench.link.lose();
  bench.seconds(100);
  bench.online();
  assert.ok((ages[0] ?? 0) > 30_000);
  assert.equal(ages[1], 120);
});

test('takes a link that breaks while it is written to as lost', () => {
  const bench = online();
  bench.link.ended = true;
  bench.session.publish('t', 'x', 0, 0);
  bench.assertClosed('connection lost');
});

test('[MQTT-3.14.4-1] [MQTT-3.14.4-2] says DISCONNECT, closes and says nothing more', () => {
  const bench = online();
  bench.session.end();
  bench.session.publish('t', 'x', 0, 0);
  bench.session.publish('t', 'x', 1, 0);
  bench.seconds(100);
  assert.deepEqual(bench.heardLines(), ['disconnect']);
  bench.assertClosed('disconnected');
});

test('[MQTT-3.14.1-1] sends DISCONNECT without flags', () => {
  const bench = online();
  bench.session.end();
  assert.equal(bench.heardBytes(), hex('e0 00'));
});

test('ends a connection that was never accepted without a DISCONNECT', () => {
  const bench = new Bench().greet();
  bench.session.end();
  assert.deepEqual(bench.heardLines(), ['connect']);
  bench.assertClosed('disconnected');
});

test('hears nothing more from a link that it has left', () => {
  const bench = online();
  const old = bench.link;
  bench.session.end();
  bench.online().session.publish('t', 'x', 1, 0);
  old.deliver(hex('20 02 00 00'));
  old.lose();
  assert.equal(bench.session.state(), ONLINE);
});

test('takes a new connection after the old one died in the middle of a packet', () => {
  const bench = online();
  bench.send(hex('30 10 00 01'));
  bench.reconnect(true);
  bench.send(publish('t', 'x'));
  assert.deepEqual(bench.toldLines().at(-1), 'message t=x');
});
