import assert from 'node:assert/strict';
import test from 'node:test';
import { hex, publish, suback, wire } from '../../support/packets.ts';
import { online } from '../../support/scripted-broker.ts';

/** Asserts that each of these bytes, sent to a session that is online, closes it without a message. */
function closes(...cases: string[]): void {
  cases.forEach((bytes) => {
    const bench = online();
    bench.send(hex(bytes));
    assert.equal(bench.session.state(), 0, bytes);
    assert.ok(bench.link.ended, bytes);
    assert.match(bench.toldLines().join(), /(^|^settled 13 #0,)offline: (malformed|protocol error)$/, bytes);
  });
}

test('[MQTT-2.2.2-2] closes on every packet whose reserved flags are wrong', () => {
  const rest = { 4: '02 0001', 5: '02 0001', 6: '02 0001', 7: '02 0001', 9: '03 0001 00', 11: '02 0001', 13: '00' };
  Object.entries(rest).forEach(([type, body]) => {
    const right = type === '6' ? 2 : 0;
    for (let flags = 0; flags < 16; flags++) {
      if (flags !== right) closes(((Number(type) << 4) | flags).toString(16).padStart(2, '0') + body);
    }
  });
});

test('[MQTT-3.3.1-4] closes on a PUBLISH with both QoS bits set', () => {
  closes('36 05 0001 74 0001', '37 05 0001 74 0001', '3e 05 0001 74 0001');
});

test('closes on a PUBLISH of QoS 0 with DUP', () => {
  closes('38 03 0001 74');
});

test('closes on a PUBLISH of QoS 1 or 2 with identifier 0', () => {
  closes('32 05 0001 74 0000', '34 05 0001 74 0000');
});

test('closes on a PUBLISH whose topic or identifier does not fit in it', () => {
  closes('30 00', '30 01 00', '30 02 0001', '30 03 0002 74', '32 03 0001 74', '32 04 0001 74 00', '30 02 ffff');
});

test('closes on a PUBLISH with a topic name that no message can have: empty, a wildcard, not UTF-8', () => {
  closes('30 02 0000'); // empty
  closes('30 03 0001 23', '30 03 0001 2b', '30 05 0003 612f23'); // "#", "+", "a/#"
  closes('30 03 0001 00', '30 03 0001 ff', '30 05 0003 eda080'); // U+0000, no UTF-8, U+D800
});

test('closes on an acknowledgement of the wrong length', () => {
  const types = ['40', '50', '62', '70', 'b0'];
  types.forEach((type) => closes(`${type} 00`, `${type} 01 00`, `${type} 03 0001 00`));
  closes('90 00', '90 01 00', '90 02 0001', 'd0 01 00', 'd0 02 0001');
});

test('closes on packets that only a client sends, and on types that do not exist', () => {
  closes('00 00', '00 02 0001', 'f0 00', 'f0 02 0001', 'c0 00', 'e0 00', '82 05 0001 0000 00', 'a2 04 0001 0000');
  closes(Buffer.from(wire({ cmd: 'connect', clientId: 'x', clean: true })).toString('hex'));
});

test('closes on a Remaining Length that does not end', () => {
  closes('30 ff ff ff ff', '40 80 80 80 80 01');
});

test('closes on an acknowledgement that claims to be longer than the limit', () => {
  closes('40 ff 7f 0001', '20 ff 7f 00', 'd0 ff ff 7f');
});

test('takes a Remaining Length in more bytes than it needs', () => {
  const bench = online();
  bench.send(hex('30 83 00 0001 74'));
  assert.deepEqual(bench.toldLines(), ['message t=']);
});

test('delivers what came before a malformed packet in the same piece, and nothing after it', () => {
  const bench = online();
  bench.send(publish('t', 'good'), hex('36 05 0001 74 0001'), publish('t', 'lost'));
  assert.deepEqual(bench.toldLines(), ['message t=good', 'offline: malformed']);
});

test('[MQTT-4.8.0-2] closes when it cannot process a packet, and can come back', () => {
  const bench = online();
  for (let id = 1; id <= 33; id++) bench.send(publish('t', 'x', { qos: 2, id }));
  bench.assertClosed('too many messages in flight');
  bench.reconnect(false);
  bench.send(publish('t', 'back'));
  assert.equal(bench.toldLines().at(-1), 'message t=back');
});

test('closes without a DISCONNECT, so that the will is published', () => {
  const bench = online();
  bench.send(suback(1));
  assert.deepEqual(bench.heardLines(), []);
  assert.ok(bench.link.ended);
});
