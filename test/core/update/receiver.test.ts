import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UNIT } from '../../../firmware/core/layout.ts';
import { CHUNK, manifestFor } from '../../support/manifest.ts';
import { imageOf, UpdateBench } from '../../support/update-bench.ts';

const IMAGE = imageOf('1.0.1');
const COUNT = Math.ceil(IMAGE.length / CHUNK);

/** A device that has begun to receive `IMAGE`, of which the broker has the first so many chunks. */
function bench(chunks: number): UpdateBench {
  const device = new UpdateBench();
  device.publish(IMAGE);
  for (let n = chunks; n < COUNT; n++) device.retained.delete(device.topic(IMAGE, n));
  device.offer(manifestFor(IMAGE), 3);
  return device;
}

/** Numbers of the chunks that were subscribed to. */
function asked(device: UpdateBench): number[] {
  return device.subscribed.splice(0).map((topic) => Number(topic.split('/').at(-1)));
}

test('each chunk is asked for once, the one with the header last', () => {
  const device = bench(COUNT);
  assert.deepEqual(asked(device), [...Array.from({ length: COUNT - 1 }, (_, i) => i + 1), 0]);
});

test('only one chunk is subscribed to at a time', () => {
  assert.deepEqual([...bench(9).subscriptions], [bench(9).topic(IMAGE, 9)]);
});

test('progress is told after each unit', () => {
  const device = bench(1);
  const have: (number | undefined)[] = [];
  for (let n = 1; n < COUNT; n++) {
    device.statuses.length = 0;
    const bytes = IMAGE.toString('latin1', n * CHUNK, (n + 1) * CHUNK);
    device.updater.hear(bytes);
    device.seconds(1);
    device.seconds(1);
    if (device.statuses.length) have.push(device.last.have);
  }
  assert.deepEqual(have, [8, 16, 24, 32, 40]);
});

test('a chunk that does not come is asked for again after 5 s, then ever less often, up to once a minute', () => {
  const device = bench(9);
  asked(device);
  const times: number[] = [];
  for (let second = 3; second < 300; second++) {
    device.seconds(1);
    if (asked(device).length) times.push(second);
  }
  const pauses = times.slice(1).map((time, i) => time - times[i]!);
  assert.deepEqual(pauses, [15, 35, 60, 60, 60, 60]);
  const { state, have, of, want } = device.last;
  assert.deepEqual({ state, have, of, want }, { state: 'receiving', have: 8, of: COUNT, want: 9 });
});

test('a chunk that comes late, sent straight to the topic, is taken', () => {
  const device = bench(9);
  device.seconds(100);
  device.publish(IMAGE);
  device.updater.hear(device.retained.get(device.topic(IMAGE, 9))!);
  device.seconds(30);
  assert.equal(device.last.state, 'confirmed');
});

test('a wrong chunk is not written, and the right one is still taken', () => {
  const device = bench(9);
  const { operations } = device.store;
  const right = Buffer.from(IMAGE).toString('latin1').slice(9 * CHUNK, 10 * CHUNK);
  for (const wrong of ['', 'x', 'x'.repeat(CHUNK), right.slice(1), `${right}x`, right.replace('line', 'lime')]) {
    device.updater.hear(wrong);
    device.seconds(1);
  }
  assert.equal(device.store.operations, operations);
  device.publish(IMAGE);
  device.updater.hear(right);
  device.seconds(30);
  assert.equal(device.last.state, 'confirmed');
});

test('what comes while nothing is awaited is nothing', () => {
  const device = new UpdateBench();
  const { operations } = device.store;
  device.updater.hear('x'.repeat(CHUNK));
  device.seconds(1);
  assert.deepEqual([device.statuses, device.store.operations], [[], operations]);
});

test('a chunk that comes during a ring is kept until it is over', () => {
  const device = bench(9);
  device.publish(IMAGE);
  device.sounding = true;
  device.updater.hear(device.retained.get(device.topic(IMAGE, 9))!);
  device.seconds(5);
  device.sounding = false;
  device.seconds(30);
  assert.deepEqual([device.last.state, device.wroteWhileSounding], ['confirmed', false]);
});

test('a lost connection is nothing but a pause', () => {
  const device = bench(9);
  device.online = false;
  device.seconds(600);
  device.publish(IMAGE);
  device.online = true;
  device.updater.online();
  device.seconds(20);
  assert.equal(device.last.state, 'confirmed');
});

test('an update goes on after a start where it was', () => {
  const device = bench(20);
  device.publish(IMAGE);
  asked(device);
  device.replug();
  device.seconds(60);
  assert.equal(device.last.state, 'confirmed');
  assert.deepEqual(asked(device), [...Array.from({ length: COUNT - 20 }, (_, i) => i + 20), 0]);
});

test('chunks that the slot holds already are not fetched, where their whole unit is as it was', () => {
  const device = new UpdateBench();
  const similar = Buffer.from(IMAGE);
  similar[3 * UNIT + 700]! ^= 1;
  device.putImage(1, similar);
  assert.equal(device.update(IMAGE, 100).state, 'confirmed');
  assert.deepEqual(asked(device), [24, 25, 26, 27, 28, 29, 30, 31]);
});

test('an image of one chunk, and one that fills its slot, are received', () => {
  for (const size of [100, 7 * UNIT - 2000]) {
    const device = new UpdateBench();
    const image = imageOf('1.0.1', Math.min(size, 24_000));
    assert.equal(device.update(image, 100).state, 'confirmed');
    assert.deepEqual(device.slotBytes(1, image.length), image);
  }
});
