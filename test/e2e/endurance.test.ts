import assert from 'node:assert/strict';
import { test } from 'node:test';
import d1Mini from '../../boards/d1-mini.ts';
import { virtual } from '../support/virtual.ts';
import { lives } from './lives.ts';

/** A day takes a second of real time; `endurance.long.ts` has more of them. */
const DAYS = 8;

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

test(`d1-mini: lives for ${DAYS} days with a broker that restarts now and then`, (context) =>
  lives(context, d1Mini, DAYS));
