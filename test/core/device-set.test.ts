import assert from 'node:assert/strict';
import test from 'node:test';
import { DeviceBench } from '../support/bench-device.ts';

/** Hands a device a change of its settings and gives what `info` says of errors behind it. */
function errorOf(bench: DeviceBench, patch: string): unknown {
  bench.send('bell/front/set', patch);
  bench.seconds(2);
  return bench.last('info').error;
}

/** Topics in packets of one kind, without their QoS. */
function topics(bench: DeviceBench, kind: string): string[] {
  const lines = bench.sent.filter((line) => line.startsWith(kind + ' '));
  return lines.flatMap((line) => line.split(' ').slice(2).map((topic) => topic.replace(/:\d$/, ''))).sort();
}

test('changes a setting, stores it, and shows it', () => {
  const bench = new DeviceBench().online();
  assert.equal(errorOf(bench, '{"ring":{"pattern":"100,50,100"}}'), '');
  assert.equal(bench.settings.ring.pattern, '100,50,100');
  const shown = bench.last('info').settings as { ring: { pattern: string } };
  assert.equal(shown.ring.pattern, '100,50,100');
  bench.ring();
  bench.seconds(1);
  assert.equal(bench.relay.strokes().length, 2);
});

test('refuses what may not be changed from afar', () => {
  const bench = new DeviceBench().online();
  assert.equal(errorOf(bench, '{"mqtt":{"host":"evil"}}'), 'mqtt.host cannot be changed remotely');
  assert.equal(bench.settings.mqtt.host, 'broker');
});

test('says what a setting may be', () => {
  const bench = new DeviceBench().online();
  assert.equal(errorOf(bench, '{"statsS":-1}'), 'statsS must be a whole number from 0 to 86400');
});

test('refuses what is no patch at all', () => {
  const bench = new DeviceBench().online();
  ['', 'muted', '[]', '1', '{'].forEach((patch) => {
    assert.match(String(errorOf(bench, patch)), /a patch is a JSON object/);
  });
});

test('changes nothing while the bell sounds', () => {
  const bench = new DeviceBench().online();
  bench.ring('1000,3000,1000');
  bench.send('bell/front/set', '{"muted":true}');
  bench.seconds(5);
  assert.equal(bench.settings.muted, false);
  bench.seconds(2);
  assert.equal(bench.settings.muted, true);
  assert.equal(bench.storedWhileOn, false);
  assert.deepEqual(bench.outcomes(), ['rung']);
});

test('applies changes that come together one after the other', () => {
  const bench = new DeviceBench().online();
  bench.send('bell/front/set', '{"ring":{"ttl":60}}');
  bench.send('bell/front/set', '{"button":{"pattern":"700"}}');
  bench.send('bell/front/set', '{"led":false}');
  bench.seconds(4);
  const { ring, button, led } = bench.settings;
  assert.deepEqual([ring.ttl, button.pattern, led], [60, '700', false]);
});

test('counts changes that are more than it can keep', () => {
  const bench = new DeviceBench('{"statsS":60}').online();
  for (let i = 0; i < 5; i++) bench.send('bell/front/set', '{"led":false}');
  bench.seconds(60);
  assert.deepEqual(bench.last('stats').counts, { skipped: 2 });
});

test('mutes at once what is still waiting for its turn', () => {
  const bench = new DeviceBench('{"ring":{"during":"queue"},"guard":{"lockoutMs":3000}}').online();
  bench.ring('{"id":"a"}');
  bench.ring('{"id":"b"}');
  bench.send('bell/front/set', '{"muted":true}');
  bench.seconds(10);
  assert.deepEqual(bench.outcomes(), ['rung #a', 'stopped #b']);
});

test('listens to a new group and leaves an old one', () => {
  const bench = new DeviceBench('{"groups":["ground"]}').online();
  bench.send('bell/front/set', '{"groups":["attic"]}');
  bench.seconds(2);
  assert.deepEqual(topics(bench, 'unsubscribe'), ['bell/ground/ring', 'bell/ground/stop', 'bell/ground/who']);
  assert.ok(topics(bench, 'subscribe').includes('bell/attic/ring'));
  assert.ok(topics(bench, 'subscribe').includes('bell/front/ring'));
  bench.send('bell/ground/ring', '{"id":"old"}');
  bench.send('bell/attic/ring', '{"id":"new"}');
  bench.seconds(1);
  assert.deepEqual(bench.outcomes(), ['rung #new']);
});

test('asks for no topic again when no group has changed', () => {
  const bench = new DeviceBench().online();
  errorOf(bench, '{"muted":true}');
  assert.deepEqual(topics(bench, 'subscribe'), []);
});

test('listens to a new group also when the link breaks just then', () => {
  const bench = new DeviceBench().resumed();
  bench.send('bell/front/set', '{"groups":["attic"]}');
  bench.outage(3);
  bench.seconds(2);
  assert.ok(topics(bench, 'subscribe').includes('bell/attic/ring'));
});
