import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MANIFESTS, SLOTS, UNIT } from '../../../firmware/core/layout.ts';
import { manifestFor, plainManifest } from '../../support/manifest.ts';
import { imageOf, PowerCut, UpdateBench } from '../../support/update-bench.ts';

const OLD = imageOf('0.9.0');
const NEW = imageOf('1.0.1');
const NEXT = imageOf('1.0.2');
const ORDER = manifestFor(NEW);

/** A device with an older image in the slot that the new one goes to, so that each unit has to be erased. */
function used(): UpdateBench {
  const bench = new UpdateBench();
  bench.putImage(1, OLD);
  bench.publish(NEW);
  bench.publish(NEXT);
  return bench;
}

/** Does something during which the power may go. Gives whether it went. */
function survives(work: () => void): boolean {
  try {
    work();
    return true;
  } catch (error) {
    assert.ok(error instanceof PowerCut, String(error));
    return false;
  }
}

/** How many writes and erases something takes. */
function operationsOf(work: (bench: UpdateBench) => void, make = used): number {
  const bench = make();
  const before = bench.store.operations;
  work(bench);
  return bench.store.operations - before;
}

const update = (bench: UpdateBench) => bench.offer(ORDER, 60);

test('an update of real size is worth cutting: it has an operation for each chunk and each unit at least', () => {
  assert.ok(operationsOf(update) >= 44 + 6, String(operationsOf(update)));
});

for (const share of [0, 0.3, 0.7, 1]) {
  test(`the power may go ${share * 100} % into any write or erase of an update: that and the next one end well`, () => {
    const operations = operationsOf(update);
    for (let cut = 0; cut < operations; cut++) {
      const bench = used();
      bench.store.cutAfter(cut, share);
      assert.equal(survives(() => update(bench)), false, `cut ${cut}`);
      bench.replug();
      assert.ok(['1.0.0', '1.0.1'].includes(bench.version), `cut ${cut} ends in ${bench.version}`);
      // The broker hands over the retained manifest after each start.
      update(bench);
      assert.deepEqual([bench.last.state, bench.version], ['confirmed', '1.0.1'], `cut ${cut}`);
      bench.offer(manifestFor(NEXT, { serial: 101, version: '1.0.2' }), 60);
      assert.deepEqual([bench.last.state, bench.version], ['confirmed', '1.0.2'], `cut ${cut}`);
    }
  });
}

test('the power may go again and again, anywhere in an update', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.nat(60), fc.constantFrom(0, 0.5, 1)), { maxLength: 12 }), (cuts) => {
    const bench = used();
    for (const [cut, share] of cuts) {
      bench.store.cutAfter(cut, share);
      if (!survives(() => update(bench))) survives(() => bench.replug());
    }
    bench.store.restart();
    bench.replug();
    update(bench);
    assert.deepEqual([bench.last.state, bench.version], ['confirmed', '1.0.1']);
  }), { numRuns: 60 });
});

test('the power may go at any write while a device goes back', () => {
  const make = () => {
    const bench = used();
    update(bench);
    return bench;
  };
  const back = (bench: UpdateBench) => bench.offer(plainManifest({ serial: 101, do: 'back' }), 20);
  for (let cut = 0; cut < operationsOf(back, make); cut++) {
    for (const share of [0, 0.5, 1]) {
      const bench = make();
      bench.store.cutAfter(cut, share);
      assert.equal(survives(() => back(bench)), false);
      bench.replug();
      assert.ok(['1.0.0', '1.0.1'].includes(bench.version));
      bench.offer(manifestFor(NEXT, { serial: 102, version: '1.0.2' }), 60);
      assert.deepEqual([bench.last.state, bench.version], ['confirmed', '1.0.2'], `cut ${cut}, ${share} done`);
    }
  }
});

test('the power may go at any write of a trial that fails', () => {
  const make = () => {
    const bench = used();
    bench.bad.add('1.0.1');
    return bench;
  };
  const operations = operationsOf(update, make);
  for (let cut = 45; cut < operations; cut++) {
    const bench = make();
    bench.store.cutAfter(cut, 0.5);
    assert.equal(survives(() => update(bench)), false);
    bench.replug();
    update(bench);
    assert.deepEqual([bench.last.state, bench.version], ['rolled back', '1.0.0'], `cut ${cut}`);
    bench.offer(manifestFor(NEXT, { serial: 101, version: '1.0.2' }), 60);
    assert.equal(bench.version, '1.0.2', `cut ${cut}`);
  }
});

test('200 updates in a row touch nothing but the slots, the journal and the manifests, and none takes longer', () => {
  const bench = used();
  const settings = bench.store.bytes.subarray(2 * UNIT, MANIFESTS * UNIT).fill(0xa5);
  const images = [imageOf('1.0.1'), imageOf('1.0.2')];
  const costs: number[] = [];
  for (let i = 0; i < 200; i++) {
    const before = bench.store.operations;
    assert.equal(bench.update(images[i % 2]!, 100 + i).state, 'confirmed', `update ${i}`);
    costs.push(bench.store.operations - before);
    bench.retained.clear();
    bench.statuses.length = bench.subscribed.length = 0;
  }
  assert.ok(settings.every((byte) => byte === 0xa5));
  // Every other slot has an image of 44 chunks in 6 units; a manifest, and some entries of the journal.
  assert.ok(Math.max(...costs.slice(2)) <= 44 + 6 + 3 + 8, String(Math.max(...costs)));
  assert.equal(bench.store.bytes.length, (SLOTS + 14) * UNIT);
});
