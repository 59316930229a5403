import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Board } from '../../../boards/board.ts';
import d1Mini from '../../../boards/d1-mini.ts';
import esp32c3 from '../../../boards/esp32-c3-supermini.ts';
import esp32 from '../../../boards/esp32-devkit.ts';
import esp32s3 from '../../../boards/esp32-s3-devkitc.ts';
import { readJournal, writeJournal } from '../../../firmware/core/boot/journal.ts';
import { UNIT } from '../../../firmware/core/layout.ts';
import { regionStore } from '../../../scripts/lib/region.ts';
import { createBoard, memoryNetwork, VirtualTime } from '../../../simulator/index.ts';
import { crc } from '../../support/crc.ts';
import { damage, images, storageWith } from '../../support/loader-bench.ts';
import type { Wanted } from '../../support/loader-bench.ts';

const MINUTE = 60_000;

/** How much of the write in whose midst the power goes still happens. */
const SHARES = [0, 0.5, 1];

/** The power goes in the midst of this write, the first is 1, and this share of it still happens. */
type Cut = readonly [write: number, share: number];

/** A simulated board with the real loader, and the lines that its images print. */
async function bench(board: Board, wanted: Wanted, change: (storage: Buffer) => void = () => undefined, cut?: Cut) {
  const storage = await storageWith(board, wanted);
  change(storage);
  const time = new VirtualTime();
  const lines: string[] = [];
  const device = createBoard({
    chip: board.chip, storage, time, network: memoryNetwork(() => undefined),
    onConsole: (line) => { lines.push(line); },
  });
  if (cut) device.flash.cutAfter(...cut);
  device.plug();
  await time.advance(2000);
  return { device, time, lines };
}

/** The images that were started, in order: their first word and the slot. */
function started(lines: string[]): string[] {
  const starts = lines.filter((line) => /^(runs|silent|throws|endless) /.test(line));
  return starts.map((line) => line.split(' ').slice(0, 2).join(' '));
}

for (const board of [d1Mini, esp32, esp32c3, esp32s3]) {
  const name = (text: string) => `${board.id}: ${text}`;
  const safeMinutes = board === d1Mini ? 10 : 1;

  test(name('a new device runs slot a, not on trial'), async () => {
    const { lines, time, device } = await bench(board, { a: images.good });
    assert.deepEqual(lines, [`runs 0 0 ${board.chip === 'esp8266' ? 'power on' : 'unknown'}`]);
    await time.advance(60 * MINUTE);
    assert.equal(device.restarts, 0);
  });

  test(name('the relay is driven to off before anything else, and never on'), async () => {
    const { device, time } = await bench(board, { a: images.throws, b: images.silent });
    await time.advance(60 * MINUTE);
    const edges = device.edges.filter((edge) => edge.pin === board.relay.pin && edge.level === board.relay.on);
    assert.deepEqual(edges, []);
    assert.equal(device.level(board.relay.pin), 1 - board.relay.on);
  });

  test(name('every door is closed'), async () => {
    const { device } = await bench(board, { a: images.good });
    assert.deepEqual([device.telnet, device.bluetoothConsole], [false, false]);
  });

  test(name('nothing of the loader is left in the global scope'), async () => {
    const probe = 'setTimeout(function(){print("runs",typeof global.boot)},9);delete global.boot';
    const { lines } = await bench(board, { a: probe });
    assert.deepEqual(lines, ['runs undefined']);
  });

  test(name('an image on trial that says ok is started from then on'), async () => {
    const { device, time, lines } = await bench(board, { a: images.good, b: images.good, trial: true });
    await time.advance(MINUTE);
    device.unplug();
    device.plug();
    await time.advance(MINUTE);
    assert.deepEqual(lines.map((line) => line.slice(0, 8)), ['runs 1 1', 'runs 1 0']);
  });

  const undone: [kind: keyof typeof images, starts: number, within: number][] = [
    ['silent', 3, 10], ['throws', 1, 1], ['garbage', 1, 1], ['endless', 3, 5],
  ];
  for (const [kind, starts, minutes] of undone) {
    test(name(`a trial of an image that is ${kind} is undone within ${minutes} minutes`), async () => {
      const { time, lines } = await bench(board, { a: images.good, b: images[kind], trial: true });
      await time.advance(minutes * MINUTE);
      const tries = kind === 'garbage' ? 0 : starts;
      assert.deepEqual(started(lines), [...Array<string>(tries).fill(`${kind} 1`), 'runs 0']);
      assert.match(lines.at(-1)!, /slot b (stopped with an error|crashed or hung|was never confirmed)$/);
    });
  }

  test(name('an image at home that throws makes way for the other after three starts'), async () => {
    const { time, lines } = await bench(board, { a: images.throws, b: images.good });
    await time.advance(MINUTE);
    const tries = board.chip === 'esp8266' ? 3 : 6;
    assert.deepEqual(started(lines), [...Array<string>(tries).fill('throws 0'), 'runs 1']);
  });

  test(name('a damaged image is never started'), async () => {
    const home = await bench(board, { a: images.good, b: images.good }, (storage) => damage(storage, board, 0));
    assert.deepEqual(started(home.lines), ['runs 1']);
    const trial = await bench(board, { a: images.good, b: images.good, trial: true },
      (storage) => damage(storage, board, 1));
    assert.deepEqual(started(trial.lines), ['runs 0']);
    assert.match(trial.lines[0]!, /slot b is damaged$/);
  });

  test(name(`without an image that runs, all begins anew every ${safeMinutes} min`), async () => {
    const { device, time } = await bench(board, {});
    await time.advance(0.9 * safeMinutes * MINUTE);
    assert.equal(device.restarts, 0);
    await time.advance(0.2 * safeMinutes * MINUTE);
    assert.equal(device.restarts, 1);
  });

  test(name('a file that is not there at all ends in safe mode, not in an error'), async () => {
    const { lines, time, device } = await bench(board, {}, (storage) => storage.write('gone', 4, 'latin1'));
    await time.advance(1.1 * safeMinutes * MINUTE);
    assert.deepEqual([lines, device.restarts], [[], 1]);
  });

  for (const trial of [false, true]) {
    const what = trial ? 'a trial' : 'a start';
    test(name(`a power cut at any write of ${what} always ends in a running image`), async () => {
      let isCut = true;
      let cuts = 0;
      for (let cut = 1; isCut; cut++) {
        isCut = false;
        for (const share of SHARES) {
          const wanted = { a: images.good, b: images.good, trial };
          const { device, time, lines } = await bench(board, wanted, undefined, [cut, share]);
          await time.advance(MINUTE);
          if (!device.powered) cuts++;
          isCut ||= !device.powered;
          device.plug();
          await time.advance(MINUTE);
          assert.match(lines.at(-1) ?? 'nothing', /^runs/, `cut ${cut}, ${share} done`);
        }
      }
      // The start and its confirmation; a new device erases the first unit of its journal before.
      assert.equal(cuts, (trial ? 2 : 3) * SHARES.length);
    });
  }
}

test('somebody who plays with the plug of an ESP8266 changes nothing', async () => {
  const { device, time, lines } = await bench(d1Mini, { a: images.silent, b: images.good });
  for (let i = 0; i < 20; i++) {
    device.unplug();
    device.plug();
    await time.advance(2000);
  }
  assert.deepEqual(new Set(started(lines)), new Set(['silent 0']));
});

test('somebody who plays with the plug of an ESP32 has the bell back within two minutes', async () => {
  const { device, time, lines } = await bench(esp32, { a: images.good });
  for (let i = 0; i < 6; i++) {
    device.unplug();
    device.plug();
    await time.advance(2000);
  }
  lines.length = 0;
  await time.advance(1.1 * MINUTE);
  assert.deepEqual(started(lines), ['runs 0']);
});

/** Fills a unit of the journal until `left` entries fit. */
function fillJournal(storage: Buffer, left: number): void {
  const store = regionStore(storage, d1Mini);
  const journal = readJournal(store, crc);
  for (let i = 0; i < UNIT / 8 - left; i++) {
    journal.state.a = 1 - journal.state.a;
    writeJournal(store, crc, journal);
  }
}

for (const share of SHARES) {
  test(`a full unit of the journal gives way to the other, the power cut ${share * 100} % into any step`, async () => {
    let isCut = true;
    let cuts = 0;
    for (let cut = 1; isCut; cut++) {
      isCut = false;
      const { device, time, lines } = await bench(d1Mini, { a: images.good }, (storage) => fillJournal(storage, 4));
      device.flash.cutAfter(cut, share);
      for (let round = 0; round < 4; round++) {
        device.unplug();
        device.plug();
        await time.advance(8000);
        if (!device.powered) cuts++;
        isCut ||= !device.powered;
      }
      assert.match(lines.at(-1)!, /^runs 0 0/, `cut ${cut}`);
      assert.notEqual(device.flash.bytes[2 * UNIT], 0xff, 'the other unit was not used');
    }
    // Three starts, because the first was booked before, four confirmations, and the other unit is erased.
    assert.equal(cuts, 8);
  });
}
