import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import d1Mini from '../../boards/d1-mini.ts';
import esp32 from '../../boards/esp32-devkit.ts';
import type { Board } from '../../boards/board.ts';
import { virtual } from '../support/virtual.ts';

/** A bell, online, with two copies of its settings in flash: `muted` is false in the older and true in the newer. */
async function twice(context: TestContext, kind: Board) {
  const made = await virtual(context, kind, { ring: { pattern: '210' } });
  await made.bell.start();
  await made.bell.set({ muted: true });
  const { bytes } = made.bell.hardware.board.flash;
  /** Flips a bit of the first character of a text in the newer copy. */
  const damage = (text: string): void => {
    const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).lastIndexOf(text);
    assert.ok(at > 0, text);
    bytes[at]! ^= 1;
  };
  return { ...made, damage };
}

/** The settings that a device tells of. */
const told = ({ settings }: Record<string, unknown>) => settings as { muted: boolean; ring: { pattern: string } };

for (const kind of [d1Mini, esp32]) {
  test(`${kind.id}: a change is made to the copy of the settings that is whole`, async (t) => {
    const { bell, damage } = await twice(t, kind);
    damage('210"');
    const { ring, muted } = told(await bell.set({ statsS: 60 }));
    assert.deepEqual([ring.pattern, muted], ['210', false]);
    await bell.hardware.unplug();
    await bell.start();
    const after = told(await bell.info());
    assert.deepEqual([after.ring.pattern, after.muted], ['210', false]);
  });

  test(`${kind.id}: a part that cannot be read any more in one copy is read from the other`, async (t) => {
    const { bell, scene, damage } = await twice(t, kind);
    damage('{"host":');
    scene.wire.cut();
    await bell.online();
    assert.equal(told(await bell.info()).ring.pattern, '210');
  });
}
