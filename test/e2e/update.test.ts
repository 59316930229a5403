import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { Board } from '../../boards/board.ts';
import d1Mini from '../../boards/d1-mini.ts';
import esp32 from '../../boards/esp32-devkit.ts';
import { UNSUBACK } from '../../firmware/core/mqtt/packet.ts';
import { makeImage } from '../../scripts/lib/image.ts';
import { dist } from '../../scripts/lib/paths.ts';
import { pretokenise } from '../../scripts/lib/pretokenise.ts';
import type { Json } from '../support/factory.ts';
import { images } from '../support/loader-bench.ts';
import { KEY } from '../support/manifest.ts';
import { Pusher } from '../support/pusher.ts';
import { virtual } from '../support/virtual.ts';
import { FAULTS } from '../../workshop/bad-images.ts';

/** The bundle that was built for a board. */
function built({ id }: Board): string {
  return readFileSync(join(dist, `${id}.js`), 'utf8');
}

/** The firmware as it was built, with another version in its header, and with more code behind it. */
function firmware(kind: Board, version: string, more = ''): Buffer {
  return makeImage(kind, pretokenise(`${built(kind)};${more}`), version);
}

/** A bell that has proved itself, and a pusher. */
async function ready(context: TestContext, kind: Board, settings: Json = {}) {
  const scene = await virtual(context, kind, { update: { key: KEY }, mqtt: { cleanSession: true }, ...settings });
  await scene.bell.start();
  await scene.time.advance(70_000);
  return { ...scene, board: scene.bell.hardware.board, pusher: await Pusher.of(scene.scene, scene.bell, kind) };
}

for (const kind of [d1Mini, esp32]) {
  const name = (text: string) => `${kind.id}: ${text}`;

  test(name('receives an image, runs it on trial, and keeps it after 30 s online'), async (context) => {
    const { bell, pusher, time, board } = await ready(context, kind);
    const image = firmware(kind, '1.0.1');
    await pusher.publish(image);
    await pusher.order(image);
    assert.equal((await pusher.says(['trial'])).version, '1.0.1');
    const before = time.now();
    await bell.online();
    const { runs } = await pusher.says(['confirmed']);
    assert.equal(runs, '1.0.1');
    assert.ok(time.now() - before < 60_000, `${time.now() - before} ms`);
    assert.equal(board.restarts, 1);
    assert.equal((await bell.info())['slot'], 1);
    assert.equal((await bell.ring()).outcome, 'rung');
    bell.hardware.board.unplug();
    await bell.start();
    assert.equal((await bell.info())['slot'], 1);
  });

  test(name('rings and goes on receiving when the link breaks before a chunk is unsubscribed'), async (context) => {
    const { scene, bell, pusher } = await ready(context, kind, { mqtt: {} });
    const image = firmware(kind, '1.0.1');
    await pusher.publish(image);
    let lost = 0;
    scene.wire.answers = (packet, type) => {
      if (type !== UNSUBACK || lost > 4) return packet;
      if (++lost === 5) setImmediate(() => scene.wire.cut());
      return lost < 5 ? packet : undefined;
    };
    await pusher.order(image);
    await scene.waiting.until('cut', () => lost > 4);
    await bell.online();
    assert.equal((await bell.ring('50')).outcome, 'rung');
    assert.equal((await pusher.says(['trial'])).version, '1.0.1');
  });

  const bad: [what: string, code: (kind: Board) => string, minutes: number, why: RegExp][] = [
    [FAULTS.throws.what, (board) => FAULTS.throws.spoil(built(board)), 1, /stopped with an error/],
    [FAULTS.loops.what, (board) => FAULTS.loops.spoil(built(board)), kind === esp32 ? 6 : 2, /crashed or|was never/],
    [FAULTS.lost.what, (board) => FAULTS.lost.spoil(built(board)), 11, /was never confirmed/],
    ['says nothing at all', () => images.silent, 11, /was never confirmed/],
    ['connects and then runs out of memory', (board) => {
      const flag = 'setTimeout(function(){E.getErrorFlags=function(){return["MEMORY"]}},15000)';
      return `${built(board)};${flag}`;
    }, 10, /was never confirmed/],
  ];
  for (const [what, code, minutes, why] of bad) {
    test(name(`an image that ${what} is undone by itself within ${minutes} minutes`), async (context) => {
      const { bell, pusher, time } = await ready(context, kind);
      const image = makeImage(kind, pretokenise(code(kind)), '1.0.1');
      await pusher.publish(image);
      await pusher.order(image);
      await pusher.says(['trial']);
      const before = time.now();
      const { reason, runs } = await pusher.says(['rolled back']);
      assert.ok(time.now() - before < minutes * 60_000 + 10_000, `${(time.now() - before) / 60_000} minutes`);
      assert.match(reason!, why);
      assert.equal(runs, '1.0.0');
      bell.forget();
      assert.equal((await bell.info())['slot'], 0);
      assert.equal((await bell.ring()).outcome, 'rung');
      const good = firmware(kind, '1.0.2');
      await time.advance(70_000);
      await pusher.publish(good);
      await pusher.order(good, { version: '1.0.2' });
      assert.equal((await pusher.says(['confirmed'])).runs, '1.0.2');
    });
  }

  test(name('rings during an update, writes nothing during a stroke, restarts in silence'), async (context) => {
    const guard = { strokeMs: 300, heatMs: 60_000, lockoutMs: 2000 };
    const { bell, pusher, time, board, scene } = await ready(context, kind, { guard });
    let written = 0;
    board.flash.onOperation = () => { written += board.level(kind.relay.pin) === kind.relay.on ? 1 : 0; };
    const image = firmware(kind, '1.0.1');
    await pusher.publish(image, (n) => n < 10);
    await pusher.order(image);
    const late: number[] = [];
    for (let n = 10; n * kind.chunk < image.length; n++) {
      const edges = bell.hardware.relay.length;
      const before = time.now();
      await bell.send('ring', JSON.stringify({ pattern: [300], id: `r${n}` }));
      await scene.waiting.until('a stroke', () => bell.hardware.relay.length > edges);
      late.push(time.now() - before);
      await pusher.put(image, n, true);
      await time.advance(4000);
    }
    const rings = late.length;
    assert.ok(Math.max(...late) < 100, `${Math.max(...late)} ms`);
    // Now it wants to restart, and rings keep it from that: each begins as soon as the lock-out is over.
    let off = time.now();
    for (let i = 0; board.restarts === 0; i++) {
      if (i % 46 === 0 && i < 400) await bell.send('ring', '300');
      await time.advance(50);
      if (board.level(kind.relay.pin) === kind.relay.on) off = time.now();
    }
    assert.ok(time.now() - off >= 1950, `a restart ${time.now() - off} ms after a stroke`);
    assert.equal((await pusher.says(['confirmed'])).runs, '1.0.1');
    assert.equal(written, 0);
    assert.ok(bell.strokes().length >= rings);
    assert.ok(bell.strokes().every((ms) => ms === 300), bell.strokes().join());
  });

  test(name('goes on with an update after a power cut at any write, and is a bell in between'), async (context) => {
    const { bell, pusher, time, board } = await ready(context, kind);
    const image = firmware(kind, '1.0.1');
    await pusher.publish(image);
    await pusher.order(image);
    let cuts = 0;
    // The first two writes of a start are the loader's.
    for (let write = 1; write < 40; write++) {
      board.flash.cutAfter(write, [0, 0.5, 1][cuts % 3]);
      if (write > 1) board.plug();
      await time.advance(100_000);
      if (board.powered) break;
      cuts++;
    }
    board.flash.cutAfter(0);
    board.unplug();
    bell.forget();
    await bell.start();
    assert.ok(cuts >= 5, `${cuts} cuts`);
    assert.equal((await pusher.says(['confirmed'])).runs, '1.0.1');
    assert.equal((await bell.ring()).outcome, 'rung');
  });
}
