import assert from 'node:assert/strict';
import test from 'node:test';
import { findBoard } from '../../boards/index.ts';
import { HEADER, parseHeader } from '../../firmware/core/boot/image.ts';
import { makeImage } from '../../scripts/lib/image.ts';
import { crc } from '../support/crc.ts';

const board = findBoard('d1-mini')!;

test('puts a header in front of the code that the device can read', () => {
  const code = 'delete global.boot';
  const image = makeImage(board, code, '1.2.3').toString('latin1');
  assert.equal(image.slice(HEADER), code);
  assert.deepEqual(
    { ...parseHeader(image.slice(0, HEADER)) },
    { bell: 1, version: '1.2.3', board: 'd1-mini', size: code.length, crc: crc(code) },
  );
});

test('takes an image of exactly the budget, and refuses one that is a byte longer', () => {
  const room = board.imageBudget - HEADER;
  assert.equal(makeImage(board, 'x'.repeat(room), '1.0.0').length, board.imageBudget);
  const tooLong = 'x'.repeat(room + 1);
  assert.throws(() => makeImage(board, tooLong, '1.0.0'), /d1-mini has 24577 bytes, 1 more than the 24576/);
});
