import assert from 'node:assert/strict';
import { test } from 'node:test';
import d1Mini from '../../boards/d1-mini.ts';
import esp32 from '../../boards/esp32-devkit.ts';
import { putImage } from '../support/loader-bench.ts';
import { versioned } from '../support/versioned.ts';
import { virtual } from '../support/virtual.ts';

const MINUTE = 60_000;

/** After 100 s no timer can be made any more, as when every variable is in use. */
const FULL = 'setTimeout(function(){global.setTimeout=function(){throw new Error("no variable left")}},100000)';

for (const kind of [d1Mini, esp32]) {
  test(`${kind.id}: restarts within three minutes when its seconds have stopped, and rings again`, async (context) => {
    const { bell, time } = await virtual(context, kind, { mqtt: { cleanSession: true } }, {
      change: (storage) => putImage(storage, kind, 0, versioned(kind, '1.0.0', FULL)),
    });
    await bell.start();
    await time.advance(99_000);
    assert.equal(bell.hardware.board.restarts, 0);
    bell.forget();
    await time.advance(3 * MINUTE);
    assert.equal(bell.hardware.board.restarts, 1);
    await bell.online();
    assert.equal((await bell.ring()).outcome, 'rung');
    bell.sounded([200]);
  });
}
