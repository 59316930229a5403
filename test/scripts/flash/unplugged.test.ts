import assert from 'node:assert/strict';
import test from 'node:test';
import { findBoard } from '../../../boards/index.ts';
import { flashDevice, type FlashEvent, type FlashJob } from '../../../scripts/lib/flash/steps.ts';
import { makeImage } from '../../../scripts/lib/image.ts';
import { makeStorage, putSettings } from '../../../scripts/lib/storage-image.ts';
import { FakeChip } from '../../support/rom/chip.ts';
import { openPty, skipPty } from '../../support/rom/pty.ts';
import { fakeParts } from '../../support/rom/release.ts';
import { settings } from '../../support/settings.ts';

test('unplugged in the middle, and plugged in again as another port, it goes on', { skip: skipPty }, async (t) => {
  const board = findBoard('d1-mini')!;
  const factory = await makeStorage(board, makeImage(board, 'f()', '1.0.0'), 'print(1);');
  const job: FlashJob = {
    boards: [board],
    chooseBoard: () => assert.fail('there is one board'),
    images: async (interpreter) => fakeParts(interpreter),
    factory: async () => factory,
    settings: async () => settings('{"id":"front"}'),
    put: putSettings,
  };
  const events: FlashEvent[] = [];
  const { signal } = new AbortController();
  const chip = new FakeChip('ESP8266');
  const first = await openPty(chip);
  t.after(() => first.close());
  const end = flashDevice(first.open(), job, (event) => {
    // In the middle of the largest part.
    if (event.type === 'writing' && event.share > 0.5) chip.faults = { unpluggedAt: chip.requests.length + 3 };
  }, signal);
  await assert.rejects(end, { fault: 'lost' });

  const second = await openPty(chip);
  t.after(() => second.close());
  chip.plugIn();
  const before = chip.requests.length;
  await flashDevice(second.open(), job, (event) => events.push(event), signal);
  const written = events.flatMap((event) => (event.type === 'written' ? [event.bytes] : []));
  assert.ok(written[0]! > 0 && written[0]! < 150_000, 'the rest of the interpreter');
  assert.equal(chip.requests.slice(before).includes('defl begin'), true);
  assert.equal(chip.mode, 'app');
});
