import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import linux from '../../boards/linux.ts';
import { command } from '../../scripts/commands/update.ts';
import { FakeIo } from '../scripts/host.ts';
import { portOf } from '../support/broker-port.ts';
import { mortalAedes } from '../support/mortal-aedes.ts';
import { optional } from '../support/optional.ts';
import { interpreted, Scene } from '../support/scene.ts';
import { versioned } from '../support/versioned.ts';

const KEY = '0123456789abcdef'.repeat(4);
const espruino = optional('espruino');

test('the interpreter takes a new version from bell update, and keeps it', { skip: espruino.skip }, async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'bell-tool-'));
  const broker = await mortalAedes();
  const { url, close } = await portOf(broker);
  const scene = new Scene(broker);
  context.after(async () => {
    await scene.end();
    await close();
    await broker.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const bell = await scene.bell(interpreted(espruino.path!, linux), { wifi: [], update: { key: KEY } });
  await bell.start();
  writeFileSync(join(folder, 'bell.keys.json'), JSON.stringify({ devices: { front: KEY } }), { mode: 0o600 });
  writeFileSync(join(folder, 'new.image'), versioned(linux, '9.8.7'));
  const io = new (class extends FakeIo {
    override readonly cwd: string = folder;
  })();
  const end = await command.run({ broker: url, prefix: scene.prefix, image: 'new.image' }, ['front'], io);
  assert.equal(end, 0, io.stdout);
  assert.match(io.stdout, /^front runs 9\.8\.7 \(was .*\), confirmed after \d+ s\.\n$/);
  bell.forget();
  const info = await bell.info();
  assert.deepEqual([info['version'], info['slot']], ['9.8.7', 1]);
  context.diagnostic(io.stdout.trim());
});
