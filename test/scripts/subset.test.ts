import assert from 'node:assert/strict';
import test from 'node:test';
import { checkSubset, findOffences } from '../../scripts/lib/subset.ts';

/** What Espruino cannot run, or runs as something else, and a word of what is said about it. */
const refused: [string, RegExp][] = [
  ['const {a} = b;', /destructuring/],
  ['const [a] = b;', /destructuring/],
  ['function f(a = 1) { return a; }', /default parameters/],
  ['function f(...a) { return a; }', /rest or spread/],
  ['f(...a);', /rest or spread/],
  ['f(a?.b);', /optional chaining/],
  ['f({[a]: 1});', /computed keys/],
  ['async function f() { return 1; }', /async/],
  ['function* f() { yield 1; }', /generators/],
  ['a: for (;;) break a;', /labels/],
  ['f`x`;', /tagged templates/],
  ['f(a ** 2);', /Math\.pow/],
  ['a ??= 1;', /logical assignment/],
  ['class A { #a = 1; }', /#private/],
  ['f(/(a|b)+/);', /regular expression/],
  ['switch (a) { default: f(); break; case 1: g(); }', /last clause/],
  ['do ; while (f());', /braces/],
  ['f(i++ / 2);', /two statements/],
  ['f(a[(b, c)]);', /comma/],
  ['class A extends B {}', /extends/],
  ['f(a instanceof B);', /instanceof/],
  ['for (let i = 0; i < 3; i++) f(() => i);', /shared by all rounds/],
  ['const of = 1;', /as a name/],
  ['f([].slice, Array.prototype.slice);', /\[\]\.slice/],
  ['f(Math.trunc(a));', /Math\.floor/],
  ['f(Date.now());', /getTime/],
  ['f(a.flat());', /Not in Espruino/],
  ['a.length = 0;', /splice/],
  ['clearTimeout();', /every timer/],
  ['f(a.indexOf(",,"));', /lastIndexOf/],
  ['f(a.indexOf("," + b));', /lastIndexOf/],
  ['f(); function f() {}', /used before/],
  ['function g() { f(); } g(); function f() {}', /used before/],
  ['f("\u00e9");', /ASCII/],
];

for (const [code, message] of refused) {
  test(`refuses ${JSON.stringify(code)}`, () => {
    const found = findOffences(code).map((offence) => offence.message);
    assert.ok(found.some((text) => message.test(text)), found.join());
  });
}

/** What Espruino was seen to run. */
const taken = [
  'const f = (a) => a + 1; f(2);',
  'class A { m(x) { return x; } } new A().m(1);',
  'for (const a of b) f(a);',
  'f(a ?? 1, `x${a}`);',
  'try { f(); } catch { g(); }',
  'switch (a) { case 1: f(); break; default: g(); }',
  'f({a, m() { return 1; }});',
  'f([].slice.call(arguments, 1));',
  'f(a.indexOf(","), a.lastIndexOf(",,"));',
  'f(2 / i++);',
  'while (a) f(() => a);',
];

for (const code of taken) {
  test(`takes ${JSON.stringify(code)}`, () => {
    assert.deepEqual(findOffences(code), []);
  });
}

test('names file, line and column, and shows what is around it', () => {
  const code = 'f();\nconst {a} = b;';
  assert.throws(() => checkSubset(code, 'dist/x.js'), /dist\/x\.js:2:7 No destructuring.*\n.*const \{a\}/);
});
