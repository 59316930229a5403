import assert from 'node:assert/strict';
import test from 'node:test';
import { createNetwork } from '../../firmware/core/network.ts';
import type { Network } from '../../firmware/core/network.ts';

/** Networks of the settings by number, and all that happens, one line each. */
class NetworkBench {
  readonly log: string[] = [];
  readonly network: Network;
  private second = 0;

  constructor(count: number) {
    const radio = { join: (index: number) => this.log.push(`${this.second} join ${index}`) };
    this.network = createNetwork(radio, count, (up, text) => {
      this.log.push(`${this.second} ${up ? 'up' : 'down'} ${text}`);
    });
  }

  seconds(count: number): this {
    for (let i = 0; i < count; i++) {
      this.second++;
      this.network.tick();
    }
    return this;
  }

  /** What has happened since the last question. */
  happened(): string[] {
    return this.log.splice(0);
  }
}

test('joins the first network at once', () => {
  assert.deepEqual(new NetworkBench(2).seconds(1).happened(), ['1 join 0']);
});

test('gives each network half a minute, in order, over and over', () => {
  const bench = new NetworkBench(3).seconds(100);
  assert.deepEqual(bench.happened(), ['1 join 0', '31 join 1', '61 join 2', '91 join 0']);
});

test('goes on soon after a network that refuses', () => {
  const bench = new NetworkBench(2).seconds(5);
  bench.network.down('wrong Wi-Fi password');
  bench.seconds(4);
  assert.deepEqual(bench.happened(), ['1 join 0', '5 down wrong Wi-Fi password', '7 join 1']);
});

test('goes on although the radio tells of the same failure over and over', () => {
  const bench = new NetworkBench(2).seconds(1);
  for (let i = 0; i < 6; i++) {
    bench.network.down('no such Wi-Fi network in range');
    bench.seconds(1);
  }
  const joins = bench.happened().filter((line) => line.includes('join'));
  assert.deepEqual(joins, ['1 join 0', '3 join 1', '5 join 0', '7 join 1']);
});

test('leaves the radio alone while it has an address', () => {
  const bench = new NetworkBench(2).seconds(3);
  bench.network.up('10.0.0.7');
  bench.seconds(1000);
  assert.deepEqual(bench.happened(), ['1 join 0', '3 up 10.0.0.7']);
});

test('comes back to the network that it has lost first of all', () => {
  const bench = new NetworkBench(3).seconds(40);
  bench.network.up('10.0.0.7');
  bench.happened();
  bench.network.down('signal lost');
  bench.seconds(40);
  assert.deepEqual(bench.happened(), ['40 down signal lost', '41 join 1', '71 join 2']);
});

test('takes a radio that comes back by itself', () => {
  const bench = new NetworkBench(1).seconds(2);
  bench.network.up('10.0.0.7');
  bench.network.down('signal lost');
  bench.network.up('10.0.0.8');
  bench.seconds(100);
  assert.deepEqual(bench.happened(), ['1 join 0', '2 up 10.0.0.7', '2 down signal lost', '2 up 10.0.0.8']);
});

test('joins nothing when the settings name no network', () => {
  assert.deepEqual(new NetworkBench(0).seconds(1000).happened(), []);
});
