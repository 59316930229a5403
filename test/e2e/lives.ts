import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Board } from '../../boards/board.ts';
import { virtual } from '../support/virtual.ts';

const DAY = 86_400_000;

/** Has the firmware of this board live for that many days, with a broker that restarts once a week. */
export async function lives(context: TestContext, kind: Board, days: number): Promise<void> {
  const { bell, scene, time } = await virtual(context, kind, { mqtt: { keepAlive: 1200 }, led: false });
  await bell.start();
  for (let day = 0; day < days; day++) {
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
  bell.sounded(Array<number>(days).fill(100));
}
