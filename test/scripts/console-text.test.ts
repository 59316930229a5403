import assert from 'node:assert/strict';
import test from 'node:test';
import { consoleReader, type Edge } from '../../scripts/lib/console-text.ts';

function read(...pieces: string[]): { lines: string[]; edges: Edge[] } {
  const lines: string[] = [];
  const edges: Edge[] = [];
  const reader = consoleReader({ onLine: (line) => lines.push(line), onEdge: (edge) => edges.push(edge) });
  pieces.forEach(reader);
  return { lines, edges };
}

test('takes prompts, returns and escape codes off what a program prints', () => {
  assert.deepEqual(read('\r\x1b[Jfirst\r\n\r\n>\r\x1b[Jsecond\r\n').lines, ['first', 'second']);
});

test('puts lines together from any pieces', () => {
  const text = '>\r\x1b[Jone\r\ntwo\r\n';
  assert.deepEqual(read(...text).lines, ['one', 'two']);
});

test('tells edges from lines', () => {
  const { lines, edges } = read('\x01D5 1 1234.5\r\nD5 1 1234.5\r\n');
  assert.deepEqual(edges, [{ pin: 'D5', level: 1, ms: 1234.5 }]);
  assert.deepEqual(lines, ['D5 1 1234.5']);
});

test('holds back a line that has not ended', () => {
  assert.deepEqual(read('begun').lines, []);
});

test('leaves out what the interpreter says when it restarts', () => {
  assert.deepEqual(read('Not implemented\r\n').lines, []);
});
