import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { boards } from '../../boards/index.ts';
import { interpreterOf, interpreters, urlOf } from '../../boards/interpreters.ts';
import { root } from '../../scripts/lib/paths.ts';

const page = readFileSync(join(root, 'docs', 'flashing.md'), 'utf8');

for (const interpreter of interpreters) {
  const { id, parts, flashKb, version, folder, storageAddress } = interpreter;

  test(`${id} has its parts in order, on pages, clear of Storage and inside of the flash`, () => {
    const offsets = parts.map(({ offset }) => offset);
    assert.deepEqual(offsets, offsets.toSorted((a, b) => a - b));
    for (const offset of [...offsets, storageAddress]) {
      assert.equal(offset % 4096, 0);
      assert.ok(offset < flashKb * 1024);
    }
    assert.ok(!offsets.includes(storageAddress));
  });

  test(`${id} names its version and where it comes from`, () => {
    assert.match(version, /^2v\d\d$/);
    assert.ok(folder.includes(version));
    for (const part of parts) assert.equal(new URL(urlOf(interpreter, part)).protocol, 'https:');
  });

  test(`${id} is in the docs with its addresses, unless it is refused`, () => {
    if (interpreter.refusal !== '') return;
    const row = page.split('\n').find((line) => line.includes(`\`${folder}\``)) ?? '';
    for (const { file, offset } of parts) {
      assert.ok(row.includes(`\`${file}\` 0x${offset.toString(16).toUpperCase()}`), file);
    }
  });

  test(`${id} has whole hashes or none`, () => {
    for (const { sha256 } of parts) assert.match(sha256 ?? '0'.repeat(64), /^[0-9a-f]{64}$/);
  });
}

test('every board with a chip has an interpreter that it fits, and the Linux one has none', () => {
  for (const board of boards) {
    const interpreter = interpreterOf(board);
    assert.equal(interpreter === undefined, board.chip === 'linux', board.id);
    if (!interpreter) continue;
    const end = board.storage.address + board.storage.pageSize * board.storage.pages;
    assert.ok(end <= interpreter.flashKb * 1024, board.id);
    const behind = interpreter.parts.filter(({ offset }) => offset >= board.storage.address);
    for (const { offset } of behind) assert.ok(offset >= end, board.id);
  }
});
