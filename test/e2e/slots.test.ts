import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Board } from '../../boards/board.ts';
import d1Mini from '../../boards/d1-mini.ts';
import esp32 from '../../boards/esp32-devkit.ts';
import { makeImage } from '../../scripts/lib/image.ts';
import { dist } from '../../scripts/lib/paths.ts';
import { images, putImage, putTrial } from '../support/loader-bench.ts';
import { virtual } from '../support/virtual.ts';

const MINUTE = 60_000;

/** The image that was built for a board. */
function built(board: Board): Buffer {
  return readFileSync(join(dist, `${board.id}.image`));
}

for (const kind of [d1Mini, esp32]) {
  const name = (text: string) => `${kind.id}: ${text}`;
  const bad = (code: string) => makeImage(kind, code, '1.0.1');

  for (const fault of ['throws', 'endless', 'silent', 'garbage'] as const) {
    test(name(`rings again by itself after an image on trial that is ${fault}`), async (context) => {
      const { bell, time } = await virtual(context, kind, {}, {
        change: (storage) => {
          putImage(storage, kind, 1, bad(images[fault]));
          putTrial(storage, kind);
        },
      });
      bell.hardware.plug();
      await time.advance(10 * MINUTE);
      await bell.online();
      assert.match(String((await bell.info())['reason']), /slot b (stopped|crashed|was never|is damaged)/);
      await bell.ring('{"id":"x"}');
      bell.sounded([200]);
    });
  }

  test(name('rings from the other slot when the image at home throws'), async (context) => {
    const { bell } = await virtual(context, kind, {}, {
      change: (storage) => {
        putImage(storage, kind, 0, bad(images.throws));
        putImage(storage, kind, 1, built(kind));
      },
    });
    await bell.start();
    assert.equal((await bell.info())['slot'], 1);
    assert.equal((await bell.ring()).outcome, 'rung');
  });

  test(name('tells the broker when no image runs, and never moves the relay'), async (context) => {
    const { bell, time } = await virtual(context, kind, {}, {
      change: (storage) => putImage(storage, kind, 0, bad(images.throws)),
    });
    bell.hardware.plug();
    await bell.hears('status', 'safe mode');
    assert.match(await bell.hears('info'), /slot a failed/);
    await bell.send('ring', '300');
    await time.advance(MINUTE);
    bell.sounded([]);
  });

  test(name('keeps an image on trial that comes online'), async (context) => {
    const { bell, time } = await virtual(context, kind, { mqtt: { cleanSession: true } }, {
      change: (storage) => {
        putImage(storage, kind, 1, built(kind));
        putTrial(storage, kind);
      },
    });
    await bell.start();
    await time.advance(MINUTE);
    await bell.hardware.unplug();
    await bell.start();
    assert.equal((await bell.info())['slot'], 1);
  });
}
