import assert from 'node:assert/strict';
import test from 'node:test';
import { asModule } from '../../scripts/lib/finish.ts';

type Replaceable = ((...given: unknown[]) => unknown) & { replaceWith?: (other: unknown) => void };

/** What a module exports where `make` is what makes functions of text. */
function exportsOf(make: () => Replaceable): Record<string, Replaceable> {
  const exports: Record<string, Replaceable> = {};
  const code = asModule('(function(a){return a+1})', ['create', 'connect']);
  new Function('exports', 'Function', code)(exports, make);
  return exports;
}

test('a module exports its function by all of its names', () => {
  const { create, connect } = exportsOf(function make() {
    return () => undefined;
  });
  assert.equal(create!(1), 2);
  assert.equal(connect, create);
});

test('a module on Espruino exports its function without the scope of the module', () => {
  let taken: Replaceable | undefined;
  const free: Replaceable = (a) => taken!(a);
  free.replaceWith = (other) => {
    taken = other as Replaceable;
  };
  const { create, connect } = exportsOf(function make() {
    return free;
  });
  assert.equal(create, free);
  assert.equal(connect, free);
  assert.equal(create!(1), 2);
});
