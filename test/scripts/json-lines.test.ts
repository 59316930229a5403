import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { JsonError, readJson } from '../../scripts/lib/json-lines.ts';

test('JSON is read as JSON.parse reads it', () => {
  fc.assert(fc.property(fc.json(), fc.integer({ min: 0, max: 3 }), (text, indent) => {
    const spaced = JSON.stringify(JSON.parse(text), null, indent);
    assert.equal(JSON.stringify(readJson(spaced).value), JSON.stringify(JSON.parse(text)));
  }));
});

test('what JSON.parse refuses is refused', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json().map((text) => text.slice(0, -1))), (text) => {
    try {
      JSON.parse(text);
    } catch {
      assert.throws(() => readJson(text), JsonError);
    }
  }));
});

test('each value knows its line', () => {
  const root = readJson('{\n"a": [\n1,\n{"b": 2}]}');
  const list = root.children!.get('a')!;
  assert.deepEqual([root.line, list.line, list.children!.get('0')!.line, list.children!.get('1')!.line], [1, 2, 3, 4]);
});
