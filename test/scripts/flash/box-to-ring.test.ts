import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { findBoard } from '../../../boards/index.ts';
import { interpreterOf } from '../../../boards/interpreters.ts';
import { flash } from '../../../scripts/commands/flash.ts';
import { command as ring } from '../../../scripts/commands/ring.ts';
import { buildBoard } from '../../../scripts/lib/build.ts';
import type { FlashWorld } from '../../../scripts/lib/flash/run-flash.ts';
import { mosquitto } from '../../support/brokers.ts';
import { optional } from '../../support/optional.ts';
import { provisionOver } from '../../support/provision-over.ts';
import { FakeChip } from '../../support/rom/chip.ts';
import { runFirmware } from '../../support/rom/firmware.ts';
import { openPty, skipPty, type Pty } from '../../support/rom/pty.ts';
import { writeRelease } from '../../support/rom/release.ts';
import { FakeIo } from '../host.ts';

const { path: mosquittoPath, skip } = optional('mosquitto');

function world(pty: Pty, storage: Uint8Array, way = 'Storage'): FlashWorld {
  return {
    listPorts: async () => [{ path: pty.path, name: 'CH340' }],
    open: () => pty.open(),
    factory: async () => storage,
    fetch: () => assert.fail('there is no network'),
    asker: undefined,
    rom: {},
    ...(way === 'the console' ? { provision: provisionOver(new AbortController().signal) } : {}),
  };
}

const WAYS = [
  ['d1-mini', 'Storage'], ['esp32-devkit', 'Storage'], ['esp32-c3-supermini', 'Storage'],
  ['esp32-s3-devkitc', 'the console'], ['d1-mini', 'the console'],
] as const;

for (const [id, way] of WAYS) {
  const title = `from the box to the first ring: ${id}, with Mosquitto, settings through ${way}`;
  test(title, { skip: skip || skipPty }, async (t) => {
    const board = findBoard(id)!;
    const interpreter = interpreterOf(board)!;
    // Made before anything is called: a build keeps the process from hearing what the chip answers.
    const storage = (await buildBoard(board)).files[`${id}.storage`] as Uint8Array;
    const broker = await mosquitto(mosquittoPath!);
    t.after(() => broker.stop());
    const socket = broker.connect() as Socket;
    await once(socket, 'connect');
    const { remotePort: port = 0 } = socket;
    socket.destroy();
    const folder = mkdtempSync(join(tmpdir(), 'bell-box-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    writeRelease(folder, interpreter);
    const config = join(folder, 'bell.json');
    const mqtt = { host: '127.0.0.1', port, username: 'bell', password: 'ring' };
    writeFileSync(config, JSON.stringify({ id: 'front', wifi: [{ ssid: 'school' }], mqtt }), { mode: 0o600 });

    const chip = new FakeChip(interpreter.rom, { fill: 0xa5 });
    const bell = runFirmware(chip, board, { host: '127.0.0.1', port });
    t.after(() => bell.stop());
    const pty = await openPty(chip);
    t.after(() => pty.close());
    const io = new FakeIo({ BELL_CACHE: join(folder, 'cache') });
    const values = { board: id, images: folder, config };
    assert.equal(await flash(values, world(pty, storage, way), io), 0);
    assert.match(io.stdout, /front is online at 192\.168\.1\.50 with \d+\.\d+\.\d+\. Ring it: npx bell ring front\n$/);

    const ringing = new FakeIo();
    const to = { broker: `mqtt://bell:ring@127.0.0.1:${port}`, pattern: '100' };
    assert.equal(await ring.run(to, ['front'], ringing), 0, ringing.stdout);
    assert.equal(ringing.stdout, 'front: rung, 100 ms.\n');

    const again = new FakeIo({ BELL_CACHE: join(folder, 'cache') });
    assert.equal(await flash({ images: folder }, world(pty, storage), again), 0);
    const skipped = 'Interpreter: right already, skipped.\nFirmware: right already, skipped.\nSettings: kept.\n';
    assert.ok(again.stdout.includes(skipped), again.stdout);
    assert.match(again.stdout, /front is online/);
  });
}
