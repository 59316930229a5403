import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import * as led from '../../firmware/core/led.ts';
import { root } from '../../scripts/lib/paths.ts';

const codes = Object.entries(led).flatMap(([name, code]) => (name === 'LED_EVERY' ? [] : [code]));

test('docs/led.md has a line for each code, and for no other', () => {
  const page = readFileSync(join(root, 'docs/led.md'), 'utf8');
  const lines = Array.from(page.matchAll(/^\| (\d) \|/gm), ([, code]) => Number(code));
  assert.deepEqual(lines, codes.sort());
});

test('no code has more blinks than the hardware can hold beside a stroke', () => {
  const edges = Math.max(...codes) * 2;
  assert.ok(edges + 2 <= 16);
});
