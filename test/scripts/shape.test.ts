import assert from 'node:assert/strict';
import test from 'node:test';
import { exportedNames, shapeBundle, type Shape } from '../../scripts/lib/shape.ts';

function shaped(code: string, shape: Shape): string {
  return shapeBundle(code, shape).replace(/\s+/g, ' ').replaceAll('{ ', '{').replaceAll(' }', '}');
}

test('makes an app one function that takes what main takes, with the body of main at its end', () => {
  const code = 'const a = f();\nfunction main(boot) { g(a, boot); }\nexport { main as default };';
  assert.equal(shaped(code, 'app'), '(function(boot){const a = f(); g(a, boot);})');
});

test('renames a local of main that has the name of something outside', () => {
  const code = 'const a = f();\nfunction main(boot) { const a = 1; g({ a }, boot); }\nfunction h() { return a; }\n' +
    'export { main as default };';
  const made = shapeBundle(code, 'app');
  const program = new Function('f', 'g', `return ${made}`) as (...given: unknown[]) => (boot: unknown) => void;
  const seen: unknown[] = [];
  program(() => 5, (...values: unknown[]) => seen.push(...values))('boot');
  assert.deepEqual(seen, [{ a: 1 }, 'boot']);
});

test('leaves a program what it is, within a function', () => {
  assert.equal(shaped('const a = f();\ng(a);', 'program'), '(function(){const a = f(); g(a);})');
});

test('makes a module the one function that it exports, by all of its names', () => {
  const code = 'const a = f();\nfunction create(x) { return g(a, x); }\nexport { create, create as connect };';
  assert.equal(shaped(code, 'module'), '(function(x){const a = f(); return g(a, x);})');
  assert.deepEqual(exportedNames(code), ['create', 'connect']);
});

test('refuses a module that exports two functions', () => {
  const code = 'function create() {}\nfunction connect() {}\nexport { create, connect };';
  assert.throws(() => shapeBundle(code, 'module'), /has to export one function/);
});

test('says what an app has to export', () => {
  assert.throws(() => shapeBundle('function start() {}\nexport { start };', 'app'), /export default function main/);
});
