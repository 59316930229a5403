import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import d1Mini from '../../boards/d1-mini.ts';
import esp32 from '../../boards/esp32-devkit.ts';
import { makeKey } from '../../scripts/lib/update/keys.ts';
import { manifestToChangeKey, manifestToGoBack, manifestToRun } from '../../scripts/lib/update/manifest-bytes.ts';
import { readOrder } from '../../workshop/order.ts';

const KEY = makeKey();

for (const board of [d1Mini, esp32]) {
  test(`${board.id}: what a manifest asks for is read without its key`, () => {
    const image = { name: '2c97089884991d41', board, version: '1.0.1', bytes: Buffer.alloc(2500) };
    const read = (manifest: Buffer) => readOrder(manifest.toString('latin1'), board.digest);
    assert.deepEqual(read(manifestToRun('front', image, 7, false, KEY)), {
      serial: 7, do: 'run', image: image.name, version: '1.0.1', of: Math.ceil(2500 / board.chunk),
    });
    const nothing = { image: '', version: '', of: 0 };
    assert.deepEqual(read(manifestToGoBack('front', board, 8, KEY)), { serial: 8, do: 'back', ...nothing });
    assert.deepEqual(read(manifestToChangeKey('front', board, 9, KEY).manifest), { serial: 9, do: 'key', ...nothing });
  });
}

test('what is no manifest is read as none, whatever it is', () => {
  const mac = 'x'.repeat(20);
  const lines = [
    '', 'null', '7', '[]', '{}', '{"serial":1}', '{"serial":1,"do":"dance"}', '{"serial":1,"do":"run"}',
    '{"serial":1,"do":"run","size":1,"chunk":0}', '{"serial":1.5,"do":"back"}', '{"serial":1,"do":"back","version":7}',
  ];
  for (const line of lines) assert.equal(readOrder(`${mac}${line}\n`, 'SHA1'), undefined, line);
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => readOrder(text, 'SHA1') === undefined));
});
