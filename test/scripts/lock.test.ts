import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

interface Entry {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const text = readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8');
const { packages } = JSON.parse(text) as { packages: Record<string, Entry> };
const installed = Object.entries(packages).filter(([path]) => path !== '');

test('knows every package by a hash of what is in it', () => {
  assert.deepEqual(installed.filter(([, entry]) => !entry.integrity).map(([path]) => path), []);
});

test('leaves it to npm which registry a package comes from', () => {
  assert.deepEqual(installed.filter(([, entry]) => entry.resolved !== undefined).map(([path]) => path), []);
});

for (const tool of ['rollup', 'esbuild']) {
  test(`has the part of ${tool} for every system, whichever it was written on`, () => {
    const parts = Object.keys(packages[`node_modules/${tool}`]?.optionalDependencies ?? {});
    assert.ok(parts.length > 20);
    assert.deepEqual(parts.filter((part) => !packages[`node_modules/${part}`]), []);
  });
}
