import assert from 'node:assert/strict';
import test from 'node:test';
import { SUBSCRIBE } from '../../../firmware/core/mqtt/packet.ts';
import { hex, puback, pubcomp, publish, pubrec } from '../../support/packets.ts';
import { Bench, online } from '../../support/scripted-broker.ts';

test('[MQTT-4.3.1-1] [MQTT-3.3.1-2] sends QoS 0 once, without DUP and without waiting', () => {
  const bench = online();
  assert.equal(bench.session.publish('t', 'x', 0, 0), 0);
  assert.deepEqual(bench.heardLines(), ['publish t=x']);
  assert.deepEqual(bench.reconnect(true), []);
});

test('[MQTT-4.3.2-1] sends QoS 1 without DUP and waits for its PUBACK', () => {
  const bench = online();
  const id = bench.session.publish('t', 'x', 1, 0);
  assert.deepEqual(bench.heardLines(), [`publish t=x qos1 #${id}`]);
  bench.send(puback(id));
  assert.deepEqual(bench.toldLines(), [`settled 4 #${id}`]);
  assert.deepEqual(bench.reconnect(true), []);
});

test('[MQTT-4.3.3-1] [MQTT-2.3.1-6] takes QoS 2 through its four steps with one identifier', () => {
  const bench = online();
  const id = bench.session.publish('t', 'x', 2, 0);
  assert.deepEqual(bench.heardLines(), [`publish t=x qos2 #${id}`]);
  bench.send(pubrec(id));
  assert.deepEqual(bench.heardLines(), [`pubrel #${id}`]);
  bench.send(pubcomp(id));
  assert.deepEqual(bench.toldLines(), [`settled 7 #${id}`]);
  assert.deepEqual(bench.reconnect(true), []);
});

test('[MQTT-3.6.1-1] sends PUBREL with the flags 0010', () => {
  const bench = online();
  const id = bench.session.publish('t', 'x', 2, 0);
  bench.heardLines();
  bench.send(pubrec(id));
  assert.equal(bench.heardBytes().slice(0, 2), hex('62 02'));
});

test('says RETAIN when it is asked to', () => {
  const bench = online();
  [0, 1, 2].forEach((qos) => bench.session.publish('t', 'x', qos, 1));
  assert.ok(bench.heardLines().every((each) => each.endsWith('retain')));
});

test('[MQTT-3.3.1-3] sets DUP by its own resending, never by what it received', () => {
  const bench = online();
  bench.onMessage = () => bench.session.publish('echo', 'x', 1, 0);
  bench.send(publish('t', 'x', { qos: 1, id: 9, dup: true }));
  assert.match(bench.heardLines().at(-1) ?? '', /^publish echo=x qos1 #\d+$/);
});

test('[MQTT-2.3.1-2] gives each packet an identifier that nothing in flight has', () => {
  const bench = online({ maxQueue: 100_000 });
  const ids = Array.from({ length: 300 }, (_, i) => bench.session.publish('t', 'x', 1 + (i % 2), 0));
  ids.push(bench.session.request(8, ['a', 0], 1), bench.session.request(10, ['a'], 1));
  assert.equal(new Set(ids).size, ids.length);
  assert.ok(ids.every((id) => id > 0 && id < 65_536));
});

test('wraps its identifiers around without touching one that is in flight, and without 0', () => {
  const bench = online();
  const kept = bench.session.publish('t', 'kept', 1, 0);
  const seen = new Set([kept]);
  for (let i = 0; i < 65_534; i++) {
    const id = bench.session.publish('t', 'x', 1, 0);
    assert.ok(!seen.has(id), 'an identifier came twice');
    seen.add(id);
    bench.send(puback(id));
  }
  assert.equal(seen.size, 65_535);
  assert.ok(!seen.has(0));
  assert.notEqual(bench.session.publish('t', 'x', 1, 0), kept);
});

test('an identifier is free again after its handshake only', () => {
  const bench = online();
  const id = bench.session.publish('t', 'x', 2, 0);
  bench.send(pubrec(id));
  for (let i = 0; i < 65_534; i++) {
    const other = bench.session.publish('t', 'x', 1, 0);
    assert.notEqual(other, id);
    bench.send(puback(other));
  }
});

test('answers a second PUBREC with a second PUBREL', () => {
  const bench = online();
  const id = bench.session.publish('t', 'x', 2, 0);
  bench.send(pubrec(id), pubrec(id));
  assert.deepEqual(bench.heardLines().slice(1), [`pubrel #${id}`, `pubrel #${id}`]);
});

test('lets a server finish a handshake that the client has forgotten', () => {
  const bench = online();
  bench.send(pubrec(77));
  assert.deepEqual(bench.heardLines(), ['pubrel #77']);
});

test('ignores an acknowledgement of nothing', () => {
  const bench = online();
  const id = bench.session.publish('t', 'x', 2, 0);
  bench.send(pubcomp(id), puback((id % 65_535) + 1));
  assert.deepEqual(bench.toldLines(), []);
  assert.deepEqual(bench.reconnect(true), [`publish t=x qos2 #${id} dup`]);
});

test('is content with a PUBACK for QoS 2: such a broker knows no better', () => {
  const bench = online();
  const id = bench.session.publish('t', 'x', 2, 0);
  bench.send(puback(id));
  assert.deepEqual(bench.toldLines(), [`settled 4 #${id}`]);
  assert.deepEqual(bench.reconnect(true), []);
});

test('[MQTT-4.6.0-4] sends its PUBRELs in the order of the PUBRECs', () => {
  const bench = online();
  const send = (payload: string) => bench.session.publish('t', payload, 2, 0);
  const [a, b, c] = [send('a'), send('b'), send('c')];
  bench.heardLines();
  bench.send(pubrec(c), pubrec(a), pubrec(b));
  assert.deepEqual(bench.heardLines(), [`pubrel #${c}`, `pubrel #${a}`, `pubrel #${b}`]);
});

test('keeps the order of its PUBRELs when it subscribes between two PUBRECs', () => {
  const bench = online();
  const [a, b] = [bench.session.publish('t', 'a', 2, 0), bench.session.publish('t', 'b', 2, 0)];
  bench.send(pubrec(a));
  bench.session.request(SUBSCRIBE, ['f', 1], 1);
  bench.send(pubrec(b));
  assert.deepEqual(bench.reconnect(true), [`pubrel #${a}`, `pubrel #${b}`]);
});

test('keeps at most four packets unanswered, and sends the next as each is answered', () => {
  const bench = online();
  const ids = Array.from({ length: 6 }, () => bench.session.publish('t', 'x', 1, 0));
  assert.equal(bench.heardLines().length, 4);
  bench.send(puback(ids[0] ?? 0));
  assert.deepEqual(bench.heardLines(), [`publish t=x qos1 #${ids[4]}`]);
});

test('refuses a QoS 0 message while it is offline', () => {
  assert.equal(new Bench().session.publish('t', 'x', 0, 0), -1);
});

test('keeps QoS 1 and 2 for later while it is offline, in order', () => {
  const bench = new Bench();
  bench.session.publish('t', 'a', 1, 0);
  bench.session.publish('t', 'b', 2, 0);
  bench.greet().heardLines();
  bench.send('\x20\x02\x00\x00');
  assert.deepEqual(bench.heardLines().map((each) => each.split(' ')[1]), ['t=a', 't=b']);
});

test('bounds its queue in bytes, and has room again when a message is through', () => {
  // An entry costs memory beside its bytes, and that counts too.
  const bench = online({ maxQueue: 400 });
  const first = bench.session.publish('t', 'x'.repeat(150), 1, 0);
  assert.equal(bench.session.publish('t', 'x'.repeat(150), 1, 0), -1);
  assert.ok(bench.session.publish('t', 'x'.repeat(20), 1, 0) > 0);
  bench.send(puback(first));
  assert.ok(bench.session.publish('t', 'x'.repeat(150), 1, 0) > 0);
});

test('never holds more bytes than its queue may have, however small the messages are', () => {
  const bench = new Bench({ maxQueue: 1000 });
  let taken = 0;
  while (bench.session.publish('t', '', 1, 0) > 0) taken++;
  assert.ok(taken * publish('t', '', { qos: 1, id: 1 }).length <= 1000);
});

test('says in the same breath what a message handler says', () => {
  const bench = online();
  bench.onMessage = () => bench.session.publish('answer', 'x', 1, 0);
  bench.send(publish('t', 'x', { qos: 1, id: 9 }));
  const [first, second] = bench.heardLines();
  assert.equal(first, 'puback #9');
  assert.match(second ?? '', /^publish answer=x/);
});

test('gives up a message that is never acknowledged, and carries on with the next', () => {
  const bench = online({ keepAlive: 0 });
  const stuck = bench.session.publish('t', 'stuck', 2, 0);
  bench.session.publish('t', 'next', 1, 0);
  bench.seconds(15);
  bench.assertClosed('no acknowledgement');
  assert.match(bench.reconnect(true)[0] ?? '', /t=stuck/);
  bench.toldLines();
  bench.seconds(15);
  assert.deepEqual(bench.toldLines(), [`settled 0 #${stuck}`, 'offline: no acknowledgement']);
  assert.match(bench.reconnect(true)[0] ?? '', /t=next/);
});

test('gives up a PUBREL that is never answered', () => {
  const bench = online({ keepAlive: 0 });
  const id = bench.session.publish('t', 'x', 2, 0);
  bench.send(pubrec(id));
  bench.seconds(15);
  assert.deepEqual(bench.reconnect(true), [`pubrel #${id}`]);
  bench.seconds(15);
  assert.deepEqual(bench.reconnect(true), []);
});

test('does not run out of patience while one acknowledgement after the other comes', () => {
  const bench = online({ keepAlive: 0 });
  bench.session.publish('t', 'x', 1, 0);
  for (let i = 0; i < 20; i++) {
    const next = bench.session.publish('t', 'x', 1, 0);
    bench.seconds(10);
    // Each goes out in two pieces: what stands before the payload, and the payload.
    const waiting = bench.link.record.at(-4) ?? '';
    bench.send(puback((waiting.charCodeAt(5) << 8) | waiting.charCodeAt(6)));
    assert.ok(next > 0);
  }
  assert.equal(bench.session.state(), 3);
});

test('notices that one message waits in vain while others are acknowledged', () => {
  const bench = online({ keepAlive: 0 });
  bench.session.publish('t', 'never', 2, 0);
  for (let i = 0; i < 14; i++) {
    bench.seconds(1);
    bench.send(puback(bench.session.publish('t', 'x', 1, 0)));
  }
  bench.seconds(1);
  bench.assertClosed('no acknowledgement');
});
