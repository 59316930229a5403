import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/lib/paths.ts';
import { LedWatch } from '../../workshop/led-watch.ts';
import { ledInWords } from '../../workshop/page/led-words.ts';

/** An LED that has blinked like this, the last time at 0. */
function led(...times: number[]): LedWatch {
  const watch = new LedWatch();
  times.forEach((ms) => watch.blinked(ms));
  return watch;
}

const words = (blinks?: number) => {
  return ledInWords({ power: true, led: { pin: 'D4', on: false, ...(blinks === undefined ? {} : { blinks }) } });
};

test('blinks are counted, and the pause behind them ends the code', () => {
  const watch = led(-640, -320, 0);
  assert.equal(watch.code(900), undefined, 'one more may follow');
  assert.equal(watch.code(1000), 3);
  watch.blinked(4000);
  assert.equal(watch.code(5000), 1, 'the next code is counted anew');
});

test('an LED that stays dark is called so, and one that never blinked is not known', () => {
  assert.equal(led(0).code(10_000), 0);
  assert.equal(new LedWatch().code(99_999), undefined);
  const watch = led(0);
  watch.forget();
  assert.equal(watch.code(99_999), undefined);
});

test('each code of docs/led.md has its words on the page', () => {
  const page = readFileSync(join(root, 'docs', 'led.md'), 'utf8');
  const rows = page.matchAll(/^\| (\d) \| (?:nothing: )?([^|:]+?)(?::[^|]*)? \|/gm);
  const codes = [...rows].map(([, blinks, meaning]) => [Number(blinks), meaning!] as const);
  assert.equal(codes.length, 7);
  for (const [blinks, meaning] of codes) assert.match(words(blinks), new RegExp(`: ${meaning}`));
});

test('the LED of a device without power is dark, whatever it said before', () => {
  assert.equal(ledInWords({ power: false, led: { pin: 'D4', on: false, blinks: 3 } }), 'dark: no power');
  assert.match(words(0), /^dark/);
  assert.match(words(), /counting/);
  assert.match(words(9), /9 times: a code that is not known/);
});
