import assert from 'node:assert/strict';
import test from 'node:test';
import { DeviceBench } from '../support/bench-device.ts';

/** Rings that a device has sent to other bells: topic, QoS and what they say. */
function sent(bench: DeviceBench): { topic: string; qos: number; ring: Record<string, unknown> }[] {
  const rings = bench.published.filter(({ topic }) => topic.endsWith('/ring'));
  return rings.map(({ topic, qos, payload }) => ({ topic, qos, ring: JSON.parse(payload.toString()) }));
}

test('rings its own bell without any network', () => {
  const bench = new DeviceBench('{"button":{"pattern":"100,50,100"}}');
  bench.press();
  bench.seconds(1);
  assert.deepEqual(bench.relay.strokes(), ['0+100', '150+100']);
});

test('reports what was rung by hand once there is a network', () => {
  const bench = new DeviceBench();
  bench.press();
  bench.seconds(5);
  bench.device.network(1, '192.168.1.50');
  bench.seconds(2);
  assert.deepEqual(bench.outcomes().map((outcome) => outcome.split(' ')[0]), ['rung']);
});

test('rings by hand also right after a start with a stored session', () => {
  const bench = new DeviceBench();
  bench.broker.present = true;
  bench.online();
  bench.press();
  bench.seconds(1);
  assert.equal(bench.relay.strokes().length, 1);
});

test('rings by hand as often as it is pressed', () => {
  const bench = new DeviceBench().online();
  for (let i = 0; i < 3; i++) {
    bench.press();
    bench.seconds(2);
  }
  assert.equal(bench.relay.strokes().length, 3);
});

test('tells of a press', () => {
  const bench = new DeviceBench().online();
  bench.press();
  assert.deepEqual(bench.last('button'), { event_type: 'ring' });
  const { qos, retain } = bench.published.find(({ topic }) => topic === 'bell/front/button')!;
  assert.deepEqual([qos, retain], [1, false]);
});

test('tells nobody later of a press without a network', () => {
  const bench = new DeviceBench('{"button":{"rings":["back"]}}');
  bench.press();
  bench.online().seconds(5);
  assert.deepEqual(bench.relay.edges, []);
  assert.deepEqual(bench.messages('button'), []);
  assert.deepEqual(sent(bench), []);
});

test('rings other bells and not its own', () => {
  const bench = new DeviceBench('{"button":{"rings":["back","attic"],"pattern":"door"}}').online();
  bench.press();
  bench.seconds(1);
  const rings = sent(bench);
  assert.deepEqual(rings.map(({ topic, qos }) => `${topic} ${qos}`), ['bell/back/ring 0', 'bell/attic/ring 0']);
  assert.deepEqual([rings[0]!.ring.pattern, rings[0]!.ring.ttl], ['door', 30]);
  assert.match(String(rings[0]!.ring.id), /^front-\d+$/);
  assert.deepEqual(bench.relay.edges, []);
});

test('gives each press an id of its own', () => {
  const bench = new DeviceBench('{"button":{"rings":["back"]}}').online();
  bench.press();
  bench.press();
  const [first, second] = sent(bench);
  assert.notEqual(first!.ring.id, second!.ring.id);
});

test('leaves the pattern to the other bells when the settings name none', () => {
  const bench = new DeviceBench('{"button":{"rings":["back"]}}').online();
  bench.press();
  assert.equal(sent(bench)[0]!.ring.pattern, undefined);
});

test('says when it was pressed once its clock is set', () => {
  const bench = new DeviceBench('{"button":{"rings":["back"]}}').online();
  bench.unix = 1_790_000_000;
  bench.press();
  assert.equal(sent(bench)[0]!.ring.at, 1_790_000_002);
});

test('sends no ring again that was pressed on a dead link', () => {
  const bench = new DeviceBench('{"button":{"rings":["back"]}}').online();
  bench.unix = 1_790_000_000;
  bench.broker.acknowledges = false;
  bench.press();
  bench.forget();
  bench.outage(1800);
  bench.seconds(60);
  assert.deepEqual(sent(bench), []);
});

test('rings its own bell and others', () => {
  const bench = new DeviceBench('{"button":{"rings":["front","back"]}}').online();
  bench.press();
  bench.seconds(1);
  assert.deepEqual(sent(bench).map(({ topic }) => topic), ['bell/back/ring']);
  assert.equal(bench.relay.strokes().length, 1);
});

test('rings a group that it belongs to once, itself included', () => {
  const bench = new DeviceBench('{"button":{"rings":["all"]},"guard":{"lockoutMs":0}}').online();
  bench.press();
  bench.seconds(1);
  const [own] = sent(bench);
  assert.equal(own!.topic, 'bell/all/ring');
  bench.send(own!.topic, JSON.stringify(own!.ring), { qos: 0 });
  bench.seconds(1);
  assert.equal(bench.relay.strokes().length, 1);
  assert.deepEqual(bench.outcomes().map((outcome) => outcome.split(' ')[0]), ['rung', 'duplicate']);
});

test('stops by a button whose pattern is OFF', () => {
  const bench = new DeviceBench('{"button":{"pattern":"0"}}').online();
  bench.ring('1000');
  bench.wait(200);
  bench.press();
  bench.seconds(2);
  assert.deepEqual(bench.relay.strokes(), ['2000+200']);
});

test('is muted like any other source', () => {
  const bench = new DeviceBench('{"muted":true}').online();
  bench.press();
  bench.seconds(1);
  assert.deepEqual(bench.relay.edges, []);
});
