import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { optional } from '../support/optional.ts';
import { snippets as events } from './snippets/events.ts';
import { snippets as machine } from './snippets/machine.ts';
import { snippets as space } from './snippets/space.ts';
import { snippets as storage } from './snippets/storage.ts';
import { snippets as texts } from './snippets/texts.ts';
import { snippets as values } from './snippets/values.ts';
import { makeBench } from './support/bench.ts';
import { runReal } from './support/real-interpreter.ts';
import { complete, marked } from './support/snippet.ts';
import type { Snippet } from './support/snippet.ts';

const espruino = optional('espruino');
const all = [...storage, ...space, ...events, ...texts, ...values, ...machine];

describe('the simulated board prints what the real interpreter printed', () => {
  for (const snippet of all) {
    test(snippet.name, async () => {
      const { board, time, lines } = makeBench(complete(snippet), { chip: 'linux' }, snippet.files);
      board.plug();
      await time.advance(5000);
      assert.deepEqual(marked(lines.join('\n')), snippet.prints);
    });
  }
});

describe('the real interpreter still prints that', { skip: espruino.skip }, () => {
  for (const snippet of all) {
    test(snippet.name, async (context) => {
      if (await isLacking(snippet)) return context.skip(`this interpreter has no ${snippet.needs}`);
      const output = await runReal(espruino.path as string, { ...snippet.files, '.bootcde': complete(snippet) });
      assert.deepEqual(marked(output), snippet.prints);
    });
  }
});

/** Whether the real interpreter was built without what a snippet is about. */
async function isLacking({ needs }: Snippet): Promise<boolean> {
  if (needs === undefined) return false;
  const asked = complete({ name: '', code: `t(() => ${needs} === undefined)`, prints: [], ms: 5 });
  return marked(await runReal(espruino.path as string, { '.bootcde': asked }))[0] === 'true';
}
