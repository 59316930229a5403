import assert from 'node:assert/strict';
import { test } from 'node:test';
import linux from '../../../boards/linux.ts';
import { JOURNAL, FIRST_UNIT, UNIT } from '../../../firmware/core/layout.ts';
import { damage, images, storageWith } from '../../support/loader-bench.ts';
import type { Wanted } from '../../support/loader-bench.ts';
import { runStorage } from '../../support/on-interpreter.ts';
import type { Run } from '../../support/on-interpreter.ts';
import { optional } from '../../support/optional.ts';

const espruino = optional('espruino');
const options = { skip: espruino.skip };
/** Where the journal is in the content of a Storage. */
const AT = 32 + FIRST_UNIT + JOURNAL[0]! * UNIT;

/** Boots the real loader; `guardMs` takes the place of its three minutes on trial. */
async function boot(wanted: Wanted, guardMs = 0, change: (storage: Buffer) => void = () => undefined): Promise<Run> {
  const storage = await storageWith(linux, wanted);
  if (guardMs) shorten(storage, guardMs);
  change(storage);
  return runStorage(espruino.path!, storage);
}

/** Writes another time over that of the guard, which is there once. */
function shorten(storage: Buffer, guardMs: number): void {
  const at = storage.indexOf('18e4');
  assert.ok(at > 0 && at === storage.lastIndexOf('18e4'), 'the guard is not where it was');
  storage.write(String(guardMs).padStart(4), at, 'latin1');
}

/** The flash after `run` has printed a line, and the power was cut. */
async function flashAfter(run: Run, pattern: RegExp): Promise<Buffer> {
  await run.line(pattern);
  const flash = run.interpreter.flash();
  await run.interpreter.stop();
  return flash;
}

test('the real interpreter starts an image from slot a', options, async () => {
  const run = await boot({ a: images.good });
  assert.equal(await run.line(/^runs/), 'runs 0 0 unknown');
  await run.interpreter.stop();
});

for (const kind of ['throws', 'garbage'] as const) {
  test(`the real interpreter goes back from a trial that is ${kind}`, options, async () => {
    const run = await boot({ a: images.good, b: images[kind], trial: true });
    assert.match(await run.line(/^runs/), /^runs 0 0 unknown; slot b stopped with an error$/);
    await run.interpreter.stop();
    assert.equal(run.restarts(), 1);
  });
}

for (const kind of ['silent', 'hungry'] as const) {
  test(`the real interpreter goes back from a trial that is ${kind}`, options, async () => {
    const run = await boot({ a: images.good, b: images[kind], trial: true }, 500);
    assert.match(await run.line(/^runs/), /^runs 0 0 unknown; slot b (was never confirmed|stopped with an error)$/);
    await run.interpreter.stop();
  });
}

test('the real interpreter does not start a damaged image', options, async () => {
  const run = await boot({ a: images.good, b: images.good }, 0, (storage) => damage(storage, linux, 0));
  assert.match(await run.line(/^runs/), /^runs 1/);
  await run.interpreter.stop();
});

test('the real interpreter boots with a journal whose last write was cut short at any byte', options, async () => {
  const whole = await flashAfter(await boot({ a: images.good }), /^runs/);
  const entry = whole.subarray(AT, AT + 8);
  for (let bytes = 0; bytes <= 8; bytes++) {
    const torn = await boot({ a: images.good }, 0, (storage) => entry.copy(storage, AT, 0, bytes));
    assert.match(await torn.line(/^runs/), /^runs 0 0/);
    await torn.interpreter.stop();
  }
});

test('the real interpreter changes a full unit for the other, also when the erase was cut short', options, async () => {
  const whole = await flashAfter(await boot({ a: images.good }), /^runs/);
  const entry = whole.subarray(AT, AT + 8);
  for (const erased of [0, 512, UNIT - 512, UNIT]) {
    const run = await boot({ a: images.good }, 0, (storage) => {
      for (let at = 0; at < UNIT; at += 8) entry.copy(storage, AT + at);
      storage.fill(0x20, AT + UNIT + erased, AT + 2 * UNIT);
    });
    const flash = await flashAfter(run, /^runs 0 0/);
    assert.notEqual(flash[AT + UNIT], 0xff, 'nothing was written to the other unit');
    assert.equal(flash[AT + UNIT + 8], 0xff, 'the other unit was not erased');
  }
});
