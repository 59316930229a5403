import assert from 'node:assert/strict';
import { test } from 'node:test';
import d1Mini from '../../boards/d1-mini.ts';
import esp32 from '../../boards/esp32-devkit.ts';
import { simulated } from '../support/scene.ts';
import { virtual } from '../support/virtual.ts';

for (const kind of [d1Mini, esp32]) {
  const name = (text: string) => `${kind.id}: ${text}`;

  test(name('a button rings another bell by name'), async (context) => {
    const { scene, time, bell: button } = await virtual(context, kind, { id: 'gate', button: { rings: ['front'] } });
    const front = await (await scene.bell(simulated(kind, time), { mqtt: { clientId: 'front' } })).start();
    await button.start();
    button.hardware.board.press(kind.button.pin, 200, kind.button.pressed);
    assert.equal(await button.hears('button'), '{"event_type":"ring"}');
    const { outcome, id } = await front.outcome();
    assert.equal(outcome, 'rung');
    assert.match(id ?? '', /^gate-\d+$/);
    front.sounded([200]);
    button.sounded([]);
  });

  test(name('a button rings the bell on the same board without any network'), async (context) => {
    const { scene, bell } = await virtual(context, kind, { button: { rings: ['front'] } });
    const { board } = bell.hardware;
    board.wifi(false);
    board.plug();
    await scene.time!.advance(20_000);
    board.press(kind.button.pin, 200, kind.button.pressed);
    await scene.waiting.until('a stroke', () => bell.hardware.relay.length === 2);
    bell.sounded([200]);
    board.wifi(true);
    assert.equal((await bell.outcome()).outcome, 'rung');
  });

  test(name('a button that is held down while the power comes rings nothing'), async (context) => {
    const { bell } = await virtual(context, kind);
    bell.hardware.board.setInput(kind.button.pin, kind.button.pressed);
    await bell.start();
    bell.hardware.board.setInput(kind.button.pin, undefined);
    await bell.info();
    bell.sounded([]);
  });
}
