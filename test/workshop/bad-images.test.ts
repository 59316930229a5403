import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { boards } from '../../boards/index.ts';
import { buildImage } from '../../scripts/lib/update/request.ts';
import { dist, version } from '../../scripts/lib/paths.ts';
import { CAST } from '../../workshop/cast.ts';
import { FAULT_NAMES, FAULTS } from '../../workshop/bad-images.ts';

for (const { id } of boards) {
  const bundle = readFileSync(join(dist, `${id}.js`), 'latin1');

  test(`${id}: each fault changes little, and none leaves the bundle as it was`, () => {
    for (const name of FAULT_NAMES) {
      const spoiled = FAULTS[name].spoil(bundle);
      assert.notEqual(spoiled, bundle);
      assert.ok(spoiled.length - bundle.length < 40, name);
    }
  });

  test(`${id}: one throws before anything else, one never comes that far, one greets with another word`, () => {
    assert.throws(() => runInNewContext(FAULTS.throws.spoil(bundle), {}), /bad on purpose/);
    assert.throws(() => runInNewContext(FAULTS.loops.spoil(bundle), {}, { timeout: 50 }), /timed out/);
    assert.ok(!FAULTS.lost.spoil(bundle).includes('MQTT'));
    assert.equal(FAULTS.lost.spoil(bundle).length, bundle.length);
  });
}

test('without a fault, what is pushed is what is flashed, byte for byte', () => {
  for (const board of new Set(CAST.map((role) => role.board))) {
    const bundle = readFileSync(join(dist, `${board.id}.js`), 'latin1');
    assert.deepEqual(buildImage(board, bundle, version()).bytes, readFileSync(join(dist, `${board.id}.image`)));
  }
});

test('the images of the workshop are whole images, faults included', () => {
  for (const board of new Set(CAST.map((role) => role.board))) {
    const bundle = readFileSync(join(dist, `${board.id}.js`), 'latin1');
    for (const name of FAULT_NAMES) {
      assert.equal(buildImage(board, FAULTS[name].spoil(bundle), '1.0.9').version, '1.0.9');
    }
  }
});

test('a bundle without the place that is spoiled is not called spoiled', () => {
  assert.throws(() => FAULTS.lost.spoil('nothing'), /0 times/);
});
