import assert from 'node:assert/strict';
import { test } from 'node:test';
import d1Mini from '../../boards/d1-mini.ts';
import { virtual } from '../support/virtual.ts';

const DAY = 86_400_000;
/**
 * A day takes a second of real time. With E2E_DAYS=50, a minute, it goes beyond the place where a clock of 32 bits
 * that counts milliseconds begins anew.
 */
const DAYS = Number(process.env['E2E_DAYS'] ?? 8);

test('d1-mini: rings on time and only once while its clock jumps', async (context) => {
  const { bell, time } = await virtual(context, d1Mini);
  await bell.start();
  const { board } = bell.hardware;
  for (const seconds of [-3600, 7200, -1e9, 2e9, 86_400, -1]) {
    const before = bell.strokes().length;
    board.clockJump(seconds);
    assert.equal((await bell.ring('300')).outcome, 'rung');
    await bell.send('ring', '300');
    await time.advance(100);
    board.clockJump(-seconds, { timers: false });
    assert.equal((await bell.outcome()).outcome, 'locked');
    bell.sounded([300], before);
    await time.advance(5000);
  }
  assert.equal(board.restarts, 0);
});

test(`d1-mini: lives for ${DAYS} days with a broker that restarts now and then`, async (context) => {
  const { bell, scene, time } = await virtual(context, d1Mini, { mqtt: { keepAlive: 1200 }, led: false });
  await bell.start();
  for (let day = 0; day < DAYS; day++) {
    await time.advance(DAY);
    if (day % 7 === 0) {
      await scene.broker.kill();
      await time.advance(40_000);
      await scene.revive();
      await bell.online();
      await time.advance(10_000);
    }
    assert.equal((await bell.ring('100')).outcome, 'rung', `day ${day}`);
  }
  assert.equal(bell.hardware.board.restarts, 0);
  bell.sounded(Array<number>(DAYS).fill(100));
});
