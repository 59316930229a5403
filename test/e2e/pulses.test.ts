import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import esp32 from '../../boards/esp32-devkit.ts';
import { makeImage } from '../../scripts/lib/image.ts';
import { dist } from '../../scripts/lib/paths.ts';
import { pretokenise } from '../../scripts/lib/pretokenise.ts';
import { KEY } from '../support/manifest.ts';
import { Pusher } from '../support/pusher.ts';
import { virtual } from '../support/virtual.ts';

// The timer of an ESP32 runs code that is in flash, which cannot be read while it is written.

test('an ESP32 writes nothing while the hardware\'s timer holds an edge of its LED', async (context) => {
  const { scene, bell, time } = await virtual(context, esp32, { update: { key: KEY } });
  const { board } = bell.hardware;
  await bell.start();
  await time.advance(70_000);
  for (let i = 0; i < 20; i++) {
    await bell.set({ muted: i % 2 === 0 });
    await time.advance(137 * (i % 11));
  }
  const pusher = await Pusher.of(scene, bell, esp32);
  const image = makeImage(esp32, pretokenise(readFileSync(join(dist, `${esp32.id}.js`), 'utf8')), '1.0.1');
  await pusher.publish(image);
  await pusher.order(image);
  await pusher.says(['trial']);
  assert.equal(board.writesDuringPulse, 0);
});

test('an ESP32 whose ring was cut short writes nothing until the timer holds nothing of it', async (context) => {
  const { bell, time } = await virtual(context, esp32, { led: false, guard: { strokeMs: 5000, heatMs: 60_000 } });
  const { board } = bell.hardware;
  await bell.start();
  for (const wait of [100, 1300, 4700]) {
    await time.advance(20_000);
    await bell.send('ring', '5000');
    await time.advance(wait);
    await bell.send('stop');
    assert.equal((await bell.set({ muted: false, statsS: wait }))['error'], '');
  }
  assert.equal(board.writesDuringPulse, 0);
});
