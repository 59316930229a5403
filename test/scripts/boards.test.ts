import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { boards } from '../../boards/index.ts';
import { refused } from '../../boards/refused.ts';
import { command } from '../../scripts/commands/boards.ts';
import type { Values } from '../../scripts/lib/command.ts';
import { boardsPage } from '../../scripts/lib/boards-page.ts';
import { namedBoard } from '../../scripts/lib/named-board.ts';
import { root } from '../../scripts/lib/paths.ts';

async function run(values: Values, words: string[] = []): Promise<string> {
  let text = '';
  const out = { write: (more: string) => { text += more; } };
  await command.run(values, words, { out, err: out, env: {}, cwd: root, signal: new AbortController().signal });
  return text;
}

test('docs/boards.md is what the boards say', () => {
  const page = readFileSync(join(root, 'docs', 'boards.md'), 'utf8');
  assert.equal(page, boardsPage(), 'run: npx bell boards --markdown > docs/boards.md');
});

test('the page has each board with its pins, its warning and its boot mode', () => {
  const page = boardsPage();
  for (const { title, relay, warning = title, bootMode, wiring } of boards) {
    for (const text of [`## ${title}`, relay.why, warning, bootMode, wiring]) assert.ok(page.includes(text), text);
  }
});

test('lists each board, and what is not supported', async () => {
  const list = await run({});
  for (const { id, title } of [...boards, ...refused]) assert.match(list, new RegExp(`${id} +${title.slice(0, 8)}`));
});

test('shows one board with the danger first', async () => {
  const [title, danger] = (await run({}, ['esp12f-relay'])).split('\n');
  assert.match(title ?? '', /^ESP-12F relay board/);
  assert.match(danger ?? '', /^DANGER: Mains voltage kills/);
});

test('gives a script one JSON object a board', async () => {
  const lines = (await run({ json: true })).trim().split('\n').map((line) => JSON.parse(line) as { id: string });
  assert.deepEqual(lines.map(({ id }) => id), boards.map(({ id }) => id));
});

test('says why a board that was looked at is refused, and what to take instead', () => {
  assert.throws(() => namedBoard('sonoff-basic'), {
    message: /^Sonoff Basic cannot be a bell\. 1 MB of flash\./, cure: /^Take a board with 4 MB/,
  });
  assert.throws(() => namedBoard('toaster'), /There is no board "toaster"/);
});
