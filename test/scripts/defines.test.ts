import assert from 'node:assert/strict';
import test from 'node:test';
import { transform } from 'esbuild';
import type { Board } from '../../boards/board.ts';
import { findBoard } from '../../boards/index.ts';
import { defines } from '../../scripts/lib/defines.ts';

const board = findBoard('d1-mini')!;
const { button, led, ...bare } = board;

async function compile(code: string, of: Board): Promise<string> {
  return (await transform(code, { define: defines(of, '1.2.3'), minifySyntax: true, loader: 'ts' })).code.trim();
}

test('gives each constant of the board its value', async () => {
  const code = 'f(BOARD.id, BOARD.version, BOARD.relay.pin, BOARD.relay.on, BOARD.storage.pageSize, BOARD.tls);';
  assert.equal(await compile(code, board), 'f("d1-mini", "1.2.3", "D5", 1, 4096, !1);');
});

test('removes the branch of another chip', async () => {
  assert.equal(await compile('if (BOARD.chip === "esp32") f(); else g();', board), 'g();');
});

test('removes what is for a button where there is none', async () => {
  const code = 'if (BOARD.button) f(BOARD.button.pin);';
  assert.equal(await compile(code, board), 'f("D4");');
  assert.equal(await compile(code, bare), '');
});
