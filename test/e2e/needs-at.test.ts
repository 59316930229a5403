import assert from 'node:assert/strict';
import { test } from 'node:test';
import d1Mini from '../../boards/d1-mini.ts';
import esp32 from '../../boards/esp32-devkit.ts';
import { NO_AT, NO_CLOCK } from '../../firmware/core/bell/late.ts';
import { timeServer } from '../support/time-server.ts';
import { virtual } from '../support/virtual.ts';

const NOW = 1_790_000_000;
const SETTINGS = { ring: { needsAt: true }, time: { server: 'pool' }, guard: { lockoutMs: 0 } };

for (const kind of [d1Mini, esp32]) {
  test(`${kind.id}: ring.needsAt lets nothing ring without a time or a clock, but the button`, async (context) => {
    let answers = false;
    const now = (): number => NOW + Math.floor(time.now() / 1000);
    const { bell, time } = await virtual(context, kind, SETTINGS, { answer: timeServer(() => (answers ? now() : 0)) });
    await bell.start();
    const { board } = bell.hardware;
    assert.deepEqual(await bell.ring('1'), { outcome: 'invalid', ms: 0, reason: NO_AT });
    const early = await bell.ring(`{"id":"early","at":${now()}}`);
    assert.deepEqual(early, { outcome: 'stale', ms: 0, id: 'early', reason: NO_CLOCK });
    bell.sounded([]);
    board.press(kind.button.pin, 200, kind.button.pressed);
    assert.equal((await bell.outcome()).outcome, 'rung');
    bell.sounded([200]);

    // It asks again within a minute.
    answers = true;
    await time.advance(61_000);
    assert.equal((await bell.ring(`{"id":"fresh","at":${now()}}`)).outcome, 'rung');
    assert.equal((await bell.ring(`{"id":"old","at":${now() - 3600}}`)).outcome, 'stale');
    assert.deepEqual(await bell.ring('{"id":"plain"}'), { outcome: 'invalid', ms: 0, id: 'plain', reason: NO_AT });
    assert.equal((await bell.set({ ring: { needsAt: false } }))['error'], '');
    assert.equal((await bell.ring('1')).outcome, 'rung');
    bell.sounded([200, 200, 200]);
  });
}
