import assert from 'node:assert/strict';
import { test } from 'node:test';
import { portOf } from '../../support/broker-port.ts';
import { mosquitto } from '../../support/brokers.ts';
import { optional } from '../../support/optional.ts';
import { Home } from './home.ts';

const { path, skip } = optional('mosquitto');
const BELLS = 500;
/** Bytes of code: 44 chunks of 512 bytes, as the firmware has. */
const REAL = 22_300;

test('500 bells in three stages, and Mosquitto is killed in the third', { skip }, async (context) => {
  const broker = await mosquitto(path!);
  const { url, close } = await portOf(broker);
  context.after(async () => {
    await close();
    await broker.stop();
  });
  const at = new Home(context, url);
  const ids = Array.from({ length: BELLS }, (_, i) => `bell-${String(i).padStart(3, '0')}`);
  const bells = [];
  for (const id of ids) {
    const fate = id === 'bell-333' ? 'failed' : 'confirmed';
    bells.push(await at.bell({ id, wantMs: 5000, trialMs: 2000, fate }));
  }
  const { file, bytes } = at.image('1.3.0', undefined, REAL);
  const io = at.io();
  const began = Date.now();
  const running = at.update(['all'], { image: file, stages: '1,10%,100%', 'max-failures': '2%', wait: '5' }, io);
  await io.seen(/stage 3 of 3/);
  await broker.kill();
  await io.seen(/the broker is away/);
  await broker.revive();
  const { end, out } = await running;
  assert.equal(end, 1);
  assert.match(out, /\n499 of 500 bells run 1\.3\.0; 1 failed or fell silent\.\n$/);
  assert.match(out, /bell-333 .* failed +\d+  the image is damaged/);
  assert.ok(bells.every((bell) => bell.image.equals(bytes)));
  context.diagnostic(`${BELLS} bells, ${Math.round((Date.now() - began) / 1000)} s with the outage`);
});
