import assert from 'node:assert/strict';
import test from 'node:test';
import { pingresp, publish } from '../../support/packets.ts';
import { online } from '../../support/scripted-broker.ts';
import type { Bench } from '../../support/scripted-broker.ts';

/** Lets time pass with a broker that answers each ping; gives the seconds at which PINGREQ came. */
function pings(bench: Bench, seconds: number, each: (second: number) => void = () => {}): number[] {
  const found: number[] = [];
  for (let second = 1; second <= seconds; second++) {
    bench.seconds(1);
    if (bench.heardLines().includes('pingreq')) {
      found.push(second);
      bench.send(pingresp());
    }
    each(second);
    bench.heardLines();
  }
  return found;
}

test('[MQTT-3.1.2-23] never lets the keep-alive time pass without a packet', () => {
  [1, 2, 3, 10, 60, 65_535].forEach((keepAlive) => {
    const found = pings(online({ keepAlive }), Math.min(3 * keepAlive, 100_000));
    const gaps = found.map((second, i) => second - (found[i - 1] ?? 0));
    assert.ok(gaps.length > 0 && Math.max(...gaps) <= keepAlive, `${keepAlive}: ${gaps.slice(0, 5)}`);
  });
});

test('pings a server that says nothing, even while the client talks', () => {
  const bench = online({ keepAlive: 20 });
  const found = pings(bench, 40, () => bench.session.publish('t', 'x', 0, 0));
  assert.ok(found.length >= 2);
});

test('pings a server that talks, because it must hear from the client too', () => {
  const bench = online({ keepAlive: 20 });
  assert.ok(pings(bench, 40, () => bench.send(publish('t', 'x'))).length >= 2);
});

test('sends no ping while both sides talk', () => {
  const bench = online({ keepAlive: 20 });
  const talk = () => {
    bench.session.publish('t', 'x', 0, 0);
    bench.send(publish('t', 'x'));
  };
  assert.deepEqual(pings(bench, 100, talk), []);
});

test('sends no ping at all with a keep-alive of 0', () => {
  const bench = online({ keepAlive: 0 });
  bench.seconds(100_000);
  assert.deepEqual(bench.heardLines(), []);
  assert.deepEqual(bench.toldLines(), []);
});

test('closes a link on which no PINGRESP comes', () => {
  const bench = online({ keepAlive: 60 });
  bench.seconds(30);
  assert.deepEqual(bench.heardLines(), ['pingreq']);
  bench.seconds(14);
  assert.deepEqual(bench.toldLines(), []);
  bench.seconds(1);
  bench.assertClosed('no PINGRESP');
});

test('notices a half-open link within one and a half keep-alive times', () => {
  [2, 10, 60, 300].forEach((keepAlive) => {
    const bench = online({ keepAlive });
    bench.link.deaf = true;
    bench.seconds(Math.ceil(1.5 * keepAlive));
    bench.assertClosed('no PINGRESP');
  });
});

test('tells its owner of each PINGRESP', () => {
  const bench = online({ keepAlive: 60 });
  pings(bench, 30);
  assert.deepEqual(bench.toldLines(), ['settled 13 #0']);
});

test('lives on for 51 days of silence but for pings', () => {
  const bench = online({ keepAlive: 3600 });
  pings(bench, 51 * 86_400);
  assert.equal(bench.session.state(), 3);
});
