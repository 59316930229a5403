import assert from 'node:assert/strict';
import { test } from 'node:test';
import d1Mini from '../../boards/d1-mini.ts';
import { virtual } from '../support/virtual.ts';

test('takes and keeps settings of any length', async (context) => {
  const { bell } = await virtual(context, d1Mini);
  await bell.start();
  // Behind this name little follows that can change, so its length decides how the last pieces fall.
  for (let length = 0; length <= 70; length++) {
    const server = 'x'.repeat(length);
    const { error, settings } = await bell.set({ time: { server } }) as { error?: string; settings: { time: object } };
    assert.deepEqual([error ?? '', settings.time], ['', { server }], `${length} bytes`);
  }
  await bell.hardware.unplug();
  await bell.start();
  const { settings } = await bell.info() as { settings: { time: object } };
  assert.deepEqual(settings.time, { server: 'x'.repeat(70) });
});
