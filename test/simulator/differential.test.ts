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
    test(snippet.name, async () => {
      const output = await runReal(espruino.path as string, { ...snippet.files, '.bootcde': complete(snippet) });
      assert.deepEqual(marked(output), snippet.prints);
    });
  }
});
