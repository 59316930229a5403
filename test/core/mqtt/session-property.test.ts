import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { HonestBroker } from '../../support/honest-broker.ts';
import { connack, hex, puback, pubcomp, publish, pubrec, pubrel, suback, unsuback } from '../../support/packets.ts';
import { Bench, online } from '../../support/scripted-broker.ts';

const id = fc.integer({ min: 0, max: 6 });
const payload = fc.string({ unit: fc.constantFrom('a', '=', ' ', '#'), maxLength: 20 });
const noise = fc.uint8Array({ maxLength: 80 }).map((found) => Buffer.from(found).toString('latin1'));
const message = fc.tuple(payload, fc.constantFrom(0, 1, 2), fc.integer({ min: 1, max: 6 }), fc.boolean());
const likely = fc.oneof(
  message.map(([text, qos, messageId, dup]) =>
    publish('t', text, qos ? { qos: qos as 1 | 2, id: messageId, dup } : {}),
  ),
  id.map(puback),
  id.map(pubrec),
  id.map(pubrel),
  id.map(pubcomp),
  id.map(unsuback),
  id.map((messageId) => suback(messageId, 0)),
  fc.constant(hex('d0 00')),
  fc.constant(connack()),
);

test('nothing that a server can send makes a session throw, or leaves its link open when it closes', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(likely, noise), { maxLength: 20 }), fc.boolean(), (chunks, greeted) => {
      const bench = greeted ? online({ maxPacket: 40 }) : new Bench({ maxPacket: 40 }).greet();
      bench.session.publish('t', 'x', 1, 0);
      bench.session.publish('t', 'x', 2, 0);
      chunks.forEach((chunk) => {
        bench.send(chunk);
        bench.seconds(1);
      });
      if (bench.session.state() === 0) assert.ok(bench.link.ended);
    }),
  );
});

test('every message of a well-behaved server is delivered as it was meant, in any split', () => {
  fc.assert(
    fc.property(fc.array(message, { maxLength: 20 }), fc.integer({ min: 1, max: 30 }), (messages, pieces) => {
      const bench = online();
      bench.link.pieces = pieces;
      messages.forEach(([text, qos], i) => {
        bench.send(publish('t', text, qos ? { qos: qos as 1 | 2, id: i + 1 } : {}));
      });
      const wanted = messages.map(([text, qos]) => `message t=${text}${qos ? ` qos${qos}` : ''}`);
      assert.deepEqual(bench.toldLines(), wanted);
    }),
  );
});

/** What happens next on a link that fails often: a message is sent, bytes get through, the link is lost. */
const event = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('publish' as const), amount: fc.constantFrom(1, 2) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('up' as const), amount: fc.integer({ min: 1, max: 60 }) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('down' as const), amount: fc.integer({ min: 1, max: 12 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cut' as const), amount: fc.constant(0) }) },
);

test('a link cut at any byte loses no message of QoS 1 or 2, doubles none of QoS 2, and keeps their order', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      const broker = new HonestBroker();
      const sent: string[] = [];
      events.forEach(({ kind, amount }) => {
        if (kind === 'publish') sent.push(broker.publishes(amount));
        if (kind === 'up') broker.hears(amount);
        if (kind === 'down') broker.speaks(amount);
        if (kind === 'cut') broker.cut();
      });
      broker.settles();
      const first = broker.delivered.filter((each, i) => broker.delivered.indexOf(each) === i);
      assert.deepEqual(first, sent);
      const exact = broker.delivered.filter((each) => each.endsWith('qos2'));
      assert.equal(new Set(exact).size, exact.length);
    }),
    { numRuns: 500 },
  );
});

test('a link cut at any byte delivers each QoS 2 message of the server once, and each of QoS 1', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      const broker = new HonestBroker();
      const sent: string[] = [];
      events.forEach(({ kind, amount }) => {
        if (kind === 'publish') sent.push(broker.forwards(amount));
        if (kind === 'up') broker.hears(amount);
        if (kind === 'down') broker.speaks(amount);
        if (kind === 'cut') broker.cut();
      });
      broker.settles();
      const got = broker.messagesToClient();
      assert.deepEqual([...new Set(got)].sort(), [...sent].sort());
      const exact = got.filter((each) => each.endsWith('qos2'));
      assert.equal(new Set(exact).size, exact.length);
    }),
    { numRuns: 500 },
  );
});
