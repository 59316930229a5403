import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/lib/paths.ts';
import { pictures } from '../../scripts/pictures/names.ts';

/** Larger ones would make the repository heavy. */
const LARGEST = 150_000;

const names = Object.keys(pictures).sort();
const folder = join(root, 'docs', 'pictures');

test('the pictures that the docs show are those that npm run pictures takes', () => {
  const pages = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
  const texts = [...pages.map((name) => join('docs', name)), 'README.md'].map((name) => {
    return readFileSync(join(root, name), 'utf8');
  });
  const shown = texts.flatMap((text) => [...text.matchAll(/!\[[^\]]+\]\((?:docs\/)?pictures\/([^)]+)\)/g)]);
  assert.deepEqual([...new Set(shown.map(([, name]) => name))].sort(), names);
});

test('each picture is there, is a PNG, and is small', () => {
  assert.deepEqual(readdirSync(folder).sort(), names);
  for (const name of names) {
    const path = join(folder, name);
    assert.equal(readFileSync(path).toString('latin1', 1, 4), 'PNG', name);
    assert.ok(statSync(path).size < LARGEST, `${name} has ${statSync(path).size} bytes`);
  }
});

test('the script takes every one of them', () => {
  const script = readFileSync(join(root, 'scripts', 'pictures', 'take.ts'), 'utf8');
  const taken = [...script.matchAll(/shoot\(\w+, '([^']+)'/g)].map(([, name]) => name);
  assert.deepEqual(taken.sort(), names);
});
