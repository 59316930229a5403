import assert from 'node:assert/strict';
import { test } from 'node:test';
import d1Mini from '../../boards/d1-mini.ts';
import esp32 from '../../boards/esp32-devkit.ts';
import { virtual } from '../support/virtual.ts';

/** How much of the write in whose midst the power goes still happens. */
const SHARES = [0, 0.5, 1];

/** Time after which a start counts as one that went well, ms: an ESP32 cannot tell a pulled plug from a crash. */
const CONFIRMED = 70_000;

/** Two states of settings of which parts must not be mixed. */
const STATES = [{ muted: false, ring: { ttl: 30 } }, { muted: true, ring: { ttl: 45 } }];

for (const kind of [d1Mini, esp32]) {
  test(`${kind.id}: has its old or its new settings, whenever the power goes while they change`, async (context) => {
    const { bell, scene, time } = await virtual(context, kind, { mqtt: { cleanSession: true } });
    const { board } = bell.hardware;
    await bell.start();
    await time.advance(CONFIRMED);
    const told = async () => (await bell.info())['settings'] as Record<string, unknown> & { ring: object };
    const first = await told();
    const states = STATES.map((state) => ({ ...first, ...state, ring: { ...first.ring, ...state.ring } }));
    let now = 0;
    let isCut = true;
    const cuts = [0, 0];
    for (let write = 1; isCut; write++) {
      isCut = false;
      for (const share of SHARES) {
        board.flash.cutAfter(write, share);
        const heard = bell.said.length;
        await bell.send('set', JSON.stringify(STATES[1 - now]));
        const isTold = () => bell.said.slice(heard).some(({ verb }) => verb === 'info');
        await scene.waiting.until('a cut or an end', () => !board.powered || isTold());
        bell.forget();
        const wasCut = !board.powered;
        board.flash.cutAfter(0);
        board.unplug();
        await bell.start();
        await time.advance(CONFIRMED);
        const settings = await told();
        const before = now;
        now = Number(settings['muted']);
        assert.deepEqual(settings, states[now], `write ${write}, ${share} of it`);
        if (wasCut) cuts[before === now ? 0 : 1]!++;
        else assert.notEqual(now, before, 'nothing cut, nothing changed');
        isCut ||= wasCut;
      }
    }
    const [old, changed] = cuts as [number, number];
    assert.ok(old > 20 && changed > 0, `${old} cuts that left the old settings, ${changed} the new ones`);
    bell.sounded([]);
  });

  test(`${kind.id}: starts whenever the power goes while the loader keeps its books`, async (context) => {
    const { bell, time } = await virtual(context, kind, { mqtt: { cleanSession: true } });
    const { board } = bell.hardware;
    let isCut = true;
    let cuts = 0;
    for (let write = 1; isCut; write++) {
      isCut = false;
      for (const share of SHARES) {
        board.flash.cutAfter(write, share);
        board.plug();
        // The image is confirmed after a minute, which is the last of the writes.
        await time.advance(CONFIRMED);
        if (!board.powered) cuts++;
        isCut ||= !board.powered;
        board.flash.cutAfter(0);
        board.unplug();
        bell.forget();
        await bell.start();
        await time.advance(CONFIRMED);
        board.unplug();
      }
    }
    // The start and its confirmation, each with every share of it.
    assert.equal(cuts, 2 * SHARES.length);
    bell.sounded([]);
  });
}
