import assert from 'node:assert/strict';
import test from 'node:test';
import { DEAF, WELL } from '../../firmware/core/led.ts';
import { DeviceBench } from '../support/bench-device.ts';

/** The packets of one kind that the device has sent, without their identifiers. */
function packets(bench: DeviceBench, kind: string): string[] {
  return bench.sent.filter((line) => line.startsWith(kind + ' ')).map((line) => line.replace(/ #\d+/, ''));
}

test('asks for its topics and no wildcard', () => {
  const bench = new DeviceBench('{"groups":["ground"]}');
  bench.device.network(1, '192.168.1.50');
  bench.seconds(1);
  const asked = packets(bench, 'subscribe').flatMap((line) => line.split(' ').slice(1)).sort();
  assert.deepEqual(asked, [
    'bell/all/ring:1', 'bell/all/stop:1', 'bell/all/who:1',
    'bell/front/ring:1', 'bell/front/set:1', 'bell/front/stop:1', 'bell/front/update:1', 'bell/front/who:1',
    'bell/ground/ring:1', 'bell/ground/stop:1', 'bell/ground/who:1',
  ]);
});

test('asks for no more than eight topics at once', () => {
  const groups = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const bench = new DeviceBench(JSON.stringify({ groups }));
  bench.device.network(1, '192.168.1.50');
  bench.seconds(2);
  const sizes = packets(bench, 'subscribe').map((line) => line.split(' ').length - 1);
  assert.ok(Math.max(...sizes) <= 8);
  assert.equal(sizes.reduce((sum, size) => sum + size), 32);
});

test('asks for its topics again when the broker has forgotten them, and only then', () => {
  const bench = new DeviceBench().online();
  bench.outage(2);
  assert.equal(packets(bench, 'subscribe').length, 1);
  bench.broker.present = true;
  bench.forget();
  bench.outage(2);
  assert.deepEqual(packets(bench, 'subscribe'), []);
});

test('asks for its topics after a start, whatever the broker has kept', () => {
  const bench = new DeviceBench();
  bench.broker.present = true;
  bench.device.network(1, '192.168.1.50');
  bench.seconds(1);
  assert.equal(packets(bench, 'subscribe').length, 1);
});

test('asks again for topics that the link was lost over', () => {
  const bench = new DeviceBench();
  bench.broker.grant = () => undefined;
  bench.online();
  bench.broker.grant = (_, qos) => qos;
  bench.broker.present = true;
  bench.outage(2);
  assert.equal(packets(bench, 'subscribe').length, 1);
});

test('asks for less when a broker never answers a subscription', () => {
  const bench = new DeviceBench('{"mqtt":{"qos":2}}');
  bench.broker.grant = (_, qos) => (qos === 2 ? undefined : qos);
  bench.online().seconds(60);
  assert.ok(packets(bench, 'subscribe').at(-1)?.includes('bell/front/ring:1'));
  bench.ring('100');
  bench.seconds(1);
  assert.deepEqual(bench.outcomes(), ['rung']);
});

test('takes what it is granted when that is less than it asked for', () => {
  const bench = new DeviceBench();
  bench.broker.grant = () => 0;
  bench.online().ring('100', { qos: 0 });
  bench.seconds(1);
  assert.deepEqual(bench.outcomes(), ['rung']);
  assert.equal(bench.blinks.at(-1) ?? WELL, WELL);
});

test('tells of a topic that the broker refuses, and rings for the others', () => {
  const bench = new DeviceBench('{"groups":["ground"]}');
  bench.broker.grant = (topic, qos) => (topic.startsWith('bell/ground/') ? 0x80 : qos);
  bench.device.network(1, '192.168.1.50');
  bench.seconds(8);
  assert.equal(bench.last('info').error, 'the broker refuses bell/ground/ring');
  assert.equal(bench.blinks.at(-1), DEAF);
  bench.ring('100');
  bench.seconds(1);
  assert.equal(bench.last('rang').outcome, 'rung');
});

test('names the topic that was refused, in whichever packet it was asked for', () => {
  const groups = ['a', 'b', 'c', 'd', 'e'];
  for (const topic of ['bell/front/ring', 'bell/c/stop', 'bell/e/who', 'bell/front/update']) {
    const bench = new DeviceBench(JSON.stringify({ groups }));
    bench.broker.grant = (asked, qos) => (asked === topic ? 0x80 : qos);
    bench.device.network(1, '192.168.1.50');
    bench.seconds(8);
    assert.equal(bench.last('info').error, `the broker refuses ${topic}`);
  }
});

test('asks again for a topic that was refused after five minutes', () => {
  const bench = new DeviceBench();
  bench.broker.grant = () => 0x80;
  bench.online().seconds(400);
  assert.equal(packets(bench, 'subscribe').length, 1);
  assert.equal(bench.blinks.at(-1), DEAF);
  bench.broker.grant = (_, qos) => qos;
  bench.seconds(300);
  assert.equal(packets(bench, 'subscribe').length, 2);
  assert.equal(bench.blinks.at(-1), WELL);
  bench.forget();
  bench.seconds(1000);
  assert.deepEqual(packets(bench, 'subscribe'), []);
});

test('asks for QoS 1 and no less, however often a broker does not answer', () => {
  const bench = new DeviceBench();
  bench.broker.grant = () => undefined;
  bench.device.network(1, '192.168.1.50');
  bench.seconds(300);
  assert.ok(packets(bench, 'subscribe').length > 3);
  assert.ok(packets(bench, 'subscribe').every((line) => line.includes('bell/front/ring:1')));
});

test('asks again for a topic that was refused when it comes back', () => {
  const bench = new DeviceBench();
  bench.broker.grant = () => 0x80;
  bench.online();
  bench.broker.grant = (_, qos) => qos;
  bench.broker.present = true;
  bench.outage(2);
  bench.seconds(8);
  assert.equal(packets(bench, 'subscribe').length, 1);
  assert.equal(bench.blinks.at(-1), WELL);
});
