import assert from 'node:assert/strict';
import test from 'node:test';
import { minify } from '../../scripts/lib/minify.ts';

test('gives back one expression, without white space', async () => {
  assert.match(await minify('(function(boot){\n  print( boot );\n})'), /^\(function\((\w)\)\{print\(\1\)\}\)$/);
});

test('shortens private names, all in the same way, and leaves other names of properties', async () => {
  const made = await minify('(function(a){a._state = a._state + a.open + a._longer;})');
  assert.doesNotMatch(made, /_state|_longer/);
  assert.match(made, /\.open/);
});

test('never chooses a name that Espruino takes for a word of its own', async () => {
  // As many names as it takes to come to two letters, and past `of`.
  const names = Array.from({ length: 3000 }, (_, index) => `name${index}`);
  const made = await minify(`(function(){${names.map((name) => `let ${name}=f();`).join('')}g(${names.join(',')})})`);
  assert.doesNotMatch(made, /[ ,(](of|let|static|undefined)[=,)]/);
  assert.match(made, /[ ,]\w\w=f\(\)/);
});

test('writes what is not ASCII as escapes', async () => {
  assert.match(await minify('(function(){print("\u00e9")})'), /"\\xE9"/);
});
