import assert from 'node:assert/strict';
import { test } from 'node:test';
import d1Mini from '../../boards/d1-mini.ts';
import esp32 from '../../boards/esp32-devkit.ts';
import { virtual } from '../support/virtual.ts';

const PUBACK = 4;

for (const kind of [d1Mini, esp32]) {
  test(`${kind.id}: counts what its full queue has no room for, and works on`, async (context) => {
    const settings = { statsS: 60, guard: { lockoutMs: 0 }, ring: { during: 'queue' } };
    const { bell, scene, time } = await virtual(context, kind, settings);
    await bell.start();
    // The broker takes what the bell says and never tells it so.
    scene.wire.answers = (packet, type) => (type === PUBACK ? undefined : packet);
    await time.advance(4000);
    for (let i = 0; i < 300; i++) await bell.send('ring', 'nonsense', { qos: 0 });
    scene.wire.answers = (packet) => packet;
    await time.advance(180_000);
    const said = bell.said.filter(({ verb }) => verb === 'stats').at(-1)!;
    const { counts } = JSON.parse(said.payload) as { counts: Record<string, number> };
    assert.ok((counts['unreported'] ?? 0) > 0, JSON.stringify(counts));
    assert.equal(counts['invalid'], 300);
    await bell.send('ring', '{"id":"after"}');
    assert.equal(await bell.outcomeOf('after'), 'rung');
    assert.equal(bell.hardware.board.restarts, 0);
    bell.sounded([200]);
  });
}
