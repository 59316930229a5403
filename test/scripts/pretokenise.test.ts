import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { boards } from '../../boards/index.ts';
import { dist } from '../../scripts/lib/paths.ts';
import { pretokenise } from '../../scripts/lib/pretokenise.ts';
import { detokenise } from '../../simulator/detokenise.ts';

test('words and operators become bytes, and nothing else does', () => {
  assert.equal(pretokenise('if (a === "if") return 300;'), '\xa3(a\x8b"if")\xab300;');
});

test('code that EspruinoTools would change is refused, with the place', () => {
  assert.throws(() => pretokenise('print(a+ +b)'), /tokeniser makes something else of the code near .*a \+ \+ b/);
  assert.throws(() => pretokenise('if(a--- -1)b()'), /tokeniser makes something else/);
});

test('what stands in quotation marks stays as it is', () => {
  const code = 'f("\\0\\xff\\"if","\\u20ac",`a\n`,`${1}if`,\'return\')';
  assert.equal(pretokenise(code), code);
});

for (const { id } of boards) {
  test(`bundle and loader of ${id} lose a tenth at least`, () => {
    for (const name of [`${id}.js`, `${id}.boot.js`]) {
      const text = readFileSync(join(dist, name), 'latin1');
      const code = pretokenise(text);
      assert.ok(code.length < 0.9 * text.length, `${name}: ${text.length} to ${code.length}`);
      assert.equal(detokenise(text), text);
    }
  });
}
