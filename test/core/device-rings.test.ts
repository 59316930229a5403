import assert from 'node:assert/strict';
import test from 'node:test';
import { DeviceBench } from '../support/bench-device.ts';

test('rings, and says so when it has', () => {
  const bench = new DeviceBench().online();
  bench.ring('200,100,200');
  assert.deepEqual(bench.messages('rang'), []);
  bench.seconds(1);
  assert.deepEqual(bench.relay.strokes(), ['2000+200', '2300+200']);
  assert.deepEqual(bench.last('rang'), { outcome: 'rung', ms: 400 });
});

test('echoes the id of a ring', () => {
  const bench = new DeviceBench().online();
  bench.ring('{"id":"a-1"}');
  bench.seconds(1);
  assert.deepEqual(bench.last('rang'), { outcome: 'rung', ms: 200, id: 'a-1' });
});

test('echoes the id of a ring that is invalid or retained, when that can be read', () => {
  const bench = new DeviceBench().online();
  bench.ring('{"id":"a","pattern":2000}');
  bench.ring('{"pattern":"nobody","id":"b"}');
  bench.ring('{"id":"c"}', { retain: true });
  bench.ring('{"id":"d');
  const said = bench.outcomes();
  assert.deepEqual(said.map((line) => line.split(':')[0]), ['invalid #a', 'invalid #b', 'retained #c', 'invalid']);
});

test('says why a ring is invalid', () => {
  const bench = new DeviceBench().online();
  bench.ring('nobody');
  assert.deepEqual(bench.last('rang'), { outcome: 'invalid', ms: 0, reason: 'no pattern has this name' });
});

test('finds a pattern by its name in the settings', () => {
  const bench = new DeviceBench('{"ring":{"patterns":{"door":"50,50,50"}}}').online();
  bench.ring('door');
  bench.seconds(1);
  assert.deepEqual(bench.relay.strokes(), ['2000+50', '2100+50']);
});

test('answers to its groups and to all', () => {
  const bench = new DeviceBench('{"groups":["ground"],"guard":{"lockoutMs":0}}').online();
  ['bell/ground/ring', 'bell/all/ring', 'bell/back/ring'].forEach((topic) => {
    bench.send(topic, '100');
    bench.seconds(1);
  });
  assert.deepEqual(bench.outcomes(), ['rung', 'rung']);
});

test('rings nothing that is retained', () => {
  const bench = new DeviceBench().online();
  bench.ring('200', { retain: true });
  assert.deepEqual(bench.outcomes(), ['retained']);
  assert.deepEqual(bench.relay.edges, []);
});

test('obeys nothing else that is retained', () => {
  const bench = new DeviceBench().online();
  bench.ring('1000');
  bench.send('bell/front/stop', '', { retain: true });
  bench.send('bell/front/who', '', { retain: true });
  bench.send('bell/front/set', '{"muted":true}', { retain: true });
  bench.seconds(3);
  assert.deepEqual(bench.messages('info'), []);
  assert.equal(bench.settings.muted, false);
  assert.deepEqual(bench.outcomes(), ['rung']);
});

test('rings a copy that the broker sends again only once', () => {
  const bench = new DeviceBench('{"guard":{"lockoutMs":0}}').online();
  const id = bench.ring('100');
  bench.seconds(1);
  bench.ring('100', { id, dup: true });
  bench.seconds(1);
  assert.deepEqual(bench.outcomes(), ['rung', 'duplicate']);
});

test('rings a copy of what it has never got', () => {
  const bench = new DeviceBench().online();
  bench.ring('100', { id: 7, dup: true });
  bench.seconds(1);
  assert.deepEqual(bench.outcomes(), ['rung']);
});

test('rings an id only once, whatever carries it', () => {
  const bench = new DeviceBench('{"guard":{"lockoutMs":0}}').online();
  const payload = '{"id":"a"}';
  bench.ring(payload);
  bench.seconds(1);
  bench.send('bell/all/ring', payload);
  bench.ring('{"id":"a","pattern":"500"}', { qos: 0 });
  bench.outage(5);
  bench.ring(payload);
  bench.ring('{"id":"b"}');
  bench.seconds(1);
  assert.deepEqual(bench.outcomes(), ['rung #a', 'duplicate #a', 'duplicate #a', 'duplicate #a', 'rung #b']);
});

test('rings the same payload as often as it is sent when it has no id', () => {
  const bench = new DeviceBench('{"guard":{"lockoutMs":0}}').online();
  for (let i = 0; i < 3; i++) {
    bench.ring('100', i ? {} : { qos: 0 });
    bench.seconds(1);
  }
  assert.deepEqual(bench.outcomes(), ['rung', 'rung', 'rung']);
});

test('rings a message of QoS 2 once', () => {
  const bench = new DeviceBench().online();
  bench.ring('100', { qos: 2 });
  bench.seconds(1);
  assert.deepEqual(bench.outcomes(), ['rung']);
  assert.equal(bench.relay.strokes().length, 1);
});

test('stops, and forgets what is queued', () => {
  const bench = new DeviceBench('{"ring":{"during":"queue"}}').online();
  bench.ring('{"pattern":"1000","id":"a"}');
  bench.ring('{"pattern":"1000","id":"b"}');
  bench.wait(300);
  bench.send('bell/all/stop');
  bench.seconds(5);
  assert.deepEqual(bench.relay.strokes(), ['2000+300']);
  assert.deepEqual(bench.outcomes(), ['stopped #a', 'stopped #b']);
});

test('stops by a ring of 0 and of OFF', () => {
  ['0', 'OFF', '{"pattern":"OFF"}'].forEach((payload) => {
    const bench = new DeviceBench().online();
    bench.ring('1000');
    bench.wait(100);
    bench.ring(payload);
    bench.seconds(2);
    assert.deepEqual(bench.outcomes(), ['stopped']);
  });
});

test('refuses, queues or restarts as the settings say', () => {
  const outcomes = ['refuse', 'queue', 'restart'].map((during) => {
    const bench = new DeviceBench(JSON.stringify({ ring: { during } })).online();
    bench.ring('{"pattern":"500","id":"a"}');
    bench.wait(100);
    bench.ring('{"pattern":"500","id":"b"}');
    bench.seconds(5);
    return bench.outcomes().join();
  });
  assert.deepEqual(outcomes, ['busy #b,rung #a', 'rung #a,rung #b', 'stopped #a,rung #b']);
});

test('refuses a ring in the lock-out and one that would overheat the coil', () => {
  const bench = new DeviceBench('{"guard":{"heatMs":1000}}').online();
  bench.ring('400');
  bench.wait(500);
  bench.ring('{"id":"early"}');
  bench.wait(500);
  bench.ring('{"id":"heat"}');
  assert.deepEqual(bench.outcomes(), ['rung', 'locked #early', 'hot #heat']);
});

test('has no stroke longer than the board can end, whatever the settings say', () => {
  const bench = new DeviceBench('{"guard":{"strokeMs":1500}}', { maxStroke: 800 }).online();
  bench.ring('801');
  assert.deepEqual(bench.outcomes(), ['invalid: a stroke may last at most 800 ms']);
});

test('rings nothing while it is muted, and remembers the id', () => {
  const bench = new DeviceBench('{"muted":true}').online();
  bench.ring('{"id":"a"}');
  bench.ring('{"id":"a"}');
  bench.seconds(2);
  assert.deepEqual(bench.outcomes(), ['muted #a', 'duplicate #a']);
  assert.deepEqual(bench.relay.edges, []);
});

test('moves no relay by starting, connecting and coming back', () => {
  const bench = new DeviceBench().online();
  for (let i = 0; i < 20; i++) {
    bench.broker.present = i % 2 === 0;
    bench.outage(3);
  }
  assert.deepEqual(bench.relay.edges, []);
});
