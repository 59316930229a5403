import assert from 'node:assert/strict';
import { test } from 'node:test';
import d1Mini from '../../boards/d1-mini.ts';
import esp32 from '../../boards/esp32-devkit.ts';
import { virtual } from '../support/virtual.ts';

/** How much of the write in whose midst the power goes still happens. */
const SHARES = [0, 0.5, 1];

/** Time after which a start counts as one that went well, ms: an ESP32 cannot tell a pulled plug from a crash. */
const CONFIRMED = 70_000;

for (const kind of [d1Mini, esp32]) {
  test(`${kind.id}: has its old or its new settings, whenever the power goes while they change`, async (context) => {
    const { bell, scene, time } = await virtual(context, kind, { mqtt: { cleanSession: true } });
    const { board } = bell.hardware;
    await bell.start();
    await time.advance(CONFIRMED);
    let muted = false;
    let done = 0;
    let cuts = 0;
    for (let write = 1; !done; write++) {
      for (const share of SHARES) {
        board.flash.cutAfter(write, share);
        await bell.send('set', JSON.stringify({ muted: !muted }));
        bell.forget();
        await scene.waiting.until('a cut or an end', () => !board.powered || bell.said.at(-1)?.verb === 'info');
        done += board.powered ? 1 : 0;
        board.flash.cutAfter(0);
        board.unplug();
        await bell.start();
        await time.advance(CONFIRMED);
        const { settings } = await bell.info() as { settings: { muted: boolean; groups: string[] } };
        assert.deepEqual(settings.groups, ['ground'], `write ${write}, ${share} of it`);
        muted = settings.muted;
        cuts++;
      }
    }
    assert.ok(cuts > 20, `${cuts} cuts`);
    bell.sounded([]);
  });

  test(`${kind.id}: starts whenever the power goes while the loader keeps its books`, async (context) => {
    const { bell, time } = await virtual(context, kind, { mqtt: { cleanSession: true } });
    const { board } = bell.hardware;
    for (let write = 1; write <= 6; write++) {
      for (const share of SHARES) {
        board.flash.cutAfter(write, share);
        board.plug();
        // The image is confirmed after a minute, which is the last of the writes.
        await time.advance(CONFIRMED);
        board.flash.cutAfter(0);
        board.unplug();
        bell.forget();
        await bell.start();
        await time.advance(CONFIRMED);
        board.unplug();
      }
    }
    bell.sounded([]);
  });
}
