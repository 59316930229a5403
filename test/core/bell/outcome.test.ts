import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { newRing, readRing, STOP } from '../../../firmware/core/bell/ring.ts';
import { root } from '../../../scripts/lib/paths.ts';

const page = readFileSync(join(root, 'docs/rings.md'), 'utf8');

test('docs/rings.md has a line for each outcome, and for no other', () => {
  const source = readFileSync(join(root, 'firmware/core/bell/outcome.ts'), 'utf8');
  const outcomes = Array.from(source.matchAll(/\| '(\w+)'/g), ([, outcome]) => outcome);
  const section = page.slice(page.indexOf('## What becomes of it'), page.indexOf('## During a ring'));
  assert.ok(outcomes.length >= 10);
  assert.deepEqual(Array.from(section.matchAll(/^\| `(\w+)`/gm), ([, outcome]) => outcome), outcomes);
});

test('each example in docs/rings.md is a ring', () => {
  const named = (name: string) => (name === 'door' ? '100,100,100' : '');
  const examples = Array.from(page.matchAll(/\/ring -q 1 -m ('[^']*'|\S+)/g), ([, text]) => text!.replaceAll("'", ''));
  assert.equal(examples.length, 5);
  examples.forEach((text) => assert.equal(readRing(newRing(), text, '200', named, 1000), '', text));
});

test('each payload that docs/rings.md names means what it says there', () => {
  const rows = Array.from(page.matchAll(/^\| (?:empty, )?(`.*?) in capitals or not \| (\w+)/gm));
  assert.equal(rows.length, 2);
  rows.forEach(([, words, meaning]) => {
    for (const [, word] of words!.matchAll(/`(\w+)`/g)) {
      const stops = readRing(newRing(), word!, '200', () => '', 1000) === STOP;
      assert.equal(stops, meaning === 'stop', word);
    }
  });
});
