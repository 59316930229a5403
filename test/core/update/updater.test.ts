import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextKey } from '../../../firmware/core/update/hmac.ts';
import type { Manifest } from '../../../firmware/core/update/manifest.ts';
import { KEY, manifestFor, plainManifest, sha1 } from '../../support/manifest.ts';
import { imageOf, UpdateBench } from '../../support/update-bench.ts';

const IMAGE = imageOf('1.0.1');
const OTHER_KEY = 'f'.repeat(64);

test('an update is received, tried and confirmed', () => {
  const bench = new UpdateBench();
  bench.update(IMAGE, 100);
  assert.deepEqual(bench.states(), ['receiving', 'trial', 'confirmed']);
  assert.deepEqual([bench.version, bench.slot, bench.restarts], ['1.0.1', 1, 1]);
  assert.deepEqual(bench.slotBytes(1, IMAGE.length), IMAGE);
});

test('each status names the serial, the version that is to run, and the one that runs', () => {
  const bench = new UpdateBench();
  bench.update(IMAGE, 100);
  for (const { serial, version } of bench.statuses) assert.deepEqual([serial, version], [100, '1.0.1']);
  assert.deepEqual(bench.statuses.map(({ runs }) => runs).slice(-2), ['1.0.0', '1.0.1']);
});

test('an image that never proves itself is rolled back, with the reason', () => {
  const bench = new UpdateBench();
  bench.bad.add('1.0.1');
  const { state, reason, runs } = bench.update(IMAGE, 100);
  assert.deepEqual([state, reason, runs], ['rolled back', 'was never confirmed', '1.0.0']);
  bench.replug();
  assert.equal(bench.last.state, 'rolled back');
});

test('after a roll-back, a new manifest for the same image tries it again without a single chunk', () => {
  const bench = new UpdateBench();
  bench.bad.add('1.0.1');
  bench.update(IMAGE, 100);
  bench.bad.clear();
  bench.subscribed.length = 0;
  assert.equal(bench.update(IMAGE, 101).state, 'confirmed');
  assert.deepEqual(bench.subscribed, []);
});

test('after a roll-back, another image is received and tried', () => {
  const bench = new UpdateBench();
  bench.bad.add('1.0.1');
  bench.update(IMAGE, 100);
  assert.equal(bench.update(imageOf('1.0.2'), 101).state, 'confirmed');
  assert.equal(bench.version, '1.0.2');
});

test('the same manifest again changes nothing, and the state is said again', () => {
  const bench = new UpdateBench();
  bench.update(IMAGE, 100);
  const { operations } = bench.store;
  bench.statuses.length = 0;
  bench.offer(bench.kept);
  assert.deepEqual(bench.states(), ['confirmed']);
  assert.equal(bench.store.operations, operations);
});

test('the state is said again after a start', () => {
  const bench = new UpdateBench();
  bench.update(IMAGE, 100);
  bench.statuses.length = 0;
  bench.replug();
  assert.equal(bench.last.state, 'confirmed');
});

test('an image that runs already is not received', () => {
  const bench = new UpdateBench();
  bench.update(imageOf('1.0.0'), 100);
  assert.deepEqual(bench.states(), ['current']);
  assert.deepEqual(bench.subscribed, []);
});

const refused: [what: string, bytes: string, reason: string][] = [
  ['that is none', 'x'.repeat(200), 'malformed'],
  ['without a list', manifestFor(IMAGE, {}, { list: '' }), 'too large'],
  ['under another key', manifestFor(IMAGE, {}, { key: OTHER_KEY }), 'wrong key'],
  ['with a changed byte', manifestFor(IMAGE).replace('1.0.1', '1.0.2'), 'wrong key'],
  ['for another device', manifestFor(IMAGE, { to: 'back' }), 'for another device'],
  ['that was replayed', manifestFor(IMAGE, { serial: 49 }), 'replayed'],
  ['for another board', manifestFor(IMAGE, { board: 'nodemcu' }), 'for another board'],
  ['of the version that runs', manifestFor(IMAGE, { version: '1.0.0' }), 'not newer'],
  ['of an older version', manifestFor(IMAGE, { version: '0.9.0' }), 'not newer'],
  ['that does not fit', manifestFor(IMAGE, { size: 30_000 }), 'too large'],
  ['that goes back to nothing', plainManifest({ do: 'back' }), 'the other image is empty'],
];
for (const [what, bytes, reason] of refused) {
  test(`a manifest ${what} is refused by name, and nothing is written`, () => {
    const bench = new UpdateBench();
    bench.update(imageOf('1.0.0'), 50);
    assert.equal(bench.last.state, 'current');
    const { operations, bytes: flash } = bench.store;
    const before = Buffer.from(flash);
    bench.statuses.length = 0;
    bench.offer(bytes, 30);
    assert.deepEqual([bench.last.state, bench.last.reason], ['refused', reason]);
    assert.deepEqual([bench.store.operations, bench.store.bytes.equals(before)], [operations, true]);
    assert.equal(bench.restarts, 0);
  });
}

test('a device without a key refuses everything', () => {
  const bench = new UpdateBench();
  bench.key = '';
  bench.offer(manifestFor(IMAGE));
  assert.equal(bench.last.reason, 'this device has no key');
});

test('a manifest that is taken away is nothing', () => {
  const bench = new UpdateBench();
  bench.offer('');
  assert.deepEqual(bench.statuses, []);
});

test('a refused manifest does not end an update that is on its way', () => {
  const bench = new UpdateBench();
  bench.offer(manifestFor(IMAGE));
  bench.offer(manifestFor(imageOf('1.0.2'), { serial: 101 }, { key: OTHER_KEY }));
  assert.equal(bench.last.reason, 'wrong key');
  bench.publish(IMAGE);
  bench.seconds(60);
  assert.equal(bench.version, '1.0.1');
});

test('a newer manifest takes the place of an update that is on its way', () => {
  const bench = new UpdateBench();
  bench.offer(manifestFor(IMAGE));
  assert.equal(bench.update(imageOf('1.0.2'), 101).state, 'confirmed');
  assert.equal(bench.version, '1.0.2');
  assert.deepEqual([...bench.subscriptions], []);
});

test('a manifest waits until the running image has proved itself', () => {
  const bench = new UpdateBench();
  bench.start();
  bench.publish(IMAGE);
  const { operations } = bench.store;
  bench.offer(manifestFor(IMAGE), 20);
  assert.deepEqual([bench.statuses, bench.store.operations], [[], operations]);
  bench.prove();
  bench.seconds(20);
  assert.equal(bench.last.state, 'confirmed');
});

test('a host may send a device back to the image in the other slot', () => {
  const bench = new UpdateBench();
  bench.update(IMAGE, 100);
  bench.statuses.length = 0;
  bench.offer(plainManifest({ serial: 101, do: 'back' }), 20);
  assert.deepEqual([bench.version, bench.last.runs], ['1.0.0', '1.0.0']);
  assert.deepEqual(bench.states(), ['trial', 'confirmed']);
  bench.replug();
  assert.deepEqual([bench.version, bench.last.state], ['1.0.0', 'confirmed']);
});

test('a device that was sent back takes the next update', () => {
  const bench = new UpdateBench();
  bench.update(IMAGE, 100);
  bench.offer(plainManifest({ serial: 101, do: 'back' }), 20);
  assert.equal(bench.update(imageOf('1.0.2'), 102).state, 'confirmed');
});

test('going back to an image that does not run ends where it began, and says so', () => {
  const bench = new UpdateBench();
  bench.update(IMAGE, 100);
  bench.bad.add('1.0.0');
  bench.offer(plainManifest({ serial: 101, do: 'back' }), 20);
  assert.deepEqual([bench.last.state, bench.version], ['rolled back', '1.0.1']);
});

test('going back to an image that failed is refused', () => {
  const bench = new UpdateBench();
  bench.bad.add('1.0.1');
  bench.update(IMAGE, 100);
  bench.offer(plainManifest({ serial: 101, do: 'back' }));
  assert.equal(bench.last.reason, 'the other image was never confirmed');
});

const SALT = '00112233445566778899aabbccddeeff';
const REKEY: Partial<Manifest> = { serial: 100, do: 'key', salt: SALT };

test('a manifest under the old key installs a new one, which never travels', () => {
  const bench = new UpdateBench();
  bench.offer(plainManifest(REKEY));
  const next = nextKey(sha1, KEY, SALT);
  assert.deepEqual([bench.last.state, bench.key], ['key changed', next]);
  assert.ok(!JSON.stringify(bench.statuses).includes(next));
  bench.offer(manifestFor(IMAGE, { serial: 101 }));
  assert.equal(bench.last.reason, 'wrong key');
  bench.publish(IMAGE);
  bench.offer(manifestFor(IMAGE, { serial: 102 }, { key: next }), 60);
  assert.equal(bench.last.state, 'confirmed');
});

test('a change of key that comes again, or after a start, is not made twice', () => {
  const bench = new UpdateBench();
  bench.offer(plainManifest(REKEY));
  bench.replug();
  bench.offer(plainManifest(REKEY));
  assert.deepEqual([bench.last.state, bench.key], ['key changed', nextKey(sha1, KEY, SALT)]);
});

test('nothing is written while the bell sounds, and the update goes on in silence', () => {
  const bench = new UpdateBench();
  bench.publish(IMAGE);
  for (let second = 0; second < 5; second++) {
    bench.offer(manifestFor(IMAGE), 0);
    bench.sounding = true;
    bench.seconds(3);
  }
  bench.sounding = false;
  bench.seconds(60);
  assert.deepEqual([bench.version, bench.wroteWhileSounding], ['1.0.1', false]);
});

test('there is no restart before the lock-out of a ring is over', () => {
  const bench = new UpdateBench();
  bench.rests = false;
  bench.update(IMAGE, 100, 100);
  assert.deepEqual([bench.last.state, bench.restarts], ['trial', 0]);
  bench.rests = true;
  bench.seconds(20);
  assert.deepEqual([bench.last.state, bench.restarts], ['confirmed', 1]);
});

test('what the queue has no room for is said later', () => {
  const bench = new UpdateBench();
  bench.isFull = true;
  bench.offer(manifestFor(IMAGE, { to: 'back' }));
  assert.deepEqual(bench.statuses, []);
  bench.isFull = false;
  bench.seconds(1);
  assert.deepEqual(bench.states(), ['refused']);
});

test('an image that is not what its header says is given up, until another manifest comes', () => {
  const bench = new UpdateBench();
  const broken = Buffer.from(IMAGE);
  broken[500]! ^= 1;
  assert.equal(bench.update(broken, 100).state, 'failed');
  assert.equal(bench.version, '1.0.0');
  assert.equal(bench.update(imageOf('1.0.2'), 101).state, 'confirmed');
});

test('flash that takes no more writes is reported, and the bell runs on', () => {
  const bench = new UpdateBench();
  bench.store.wearOut();
  bench.update(IMAGE, 100);
  assert.equal(bench.last.reason, 'the flash does not take the manifest');
  assert.equal(bench.version, '1.0.0');
});
