import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createBoard, memoryNetwork, VirtualTime } from '../../simulator/index.ts';
import type { Board } from '../../simulator/index.ts';
import { storageImage } from './support/bench.ts';

const LOOK = 'print(JSON.stringify([s.read("a"),s.read("b")]))';

interface Left { readonly board: Board; readonly lines: string[] }

/** Boots from what a flash holds. With `cut` the power goes in that write or erase. */
async function bootFrom(content: Uint8Array, cut: number, share = 0.5): Promise<Left> {
  const time = new VirtualTime();
  const lines: string[] = [];
  const board = createBoard({
    chip: 'esp8266', storage: content, time, network: memoryNetwork(() => undefined),
    onConsole: (line) => { lines.push(line); },
  });
  if (cut) board.flash.cutAfter(cut, share);
  // The code below changes something while D0 is low and only looks while it is high.
  board.setInput('D0', cut ? 0 : 1);
  board.plug();
  await time.advance(1000);
  return { board, lines };
}

const changer = (change: string, look = LOOK): string =>
  `var s=require("Storage");if(D0.read()){${look}}else{${change}}`;

/** What the next boot sees when the power goes in the middle of a change. */
async function afterCut(change: string, cut: number, share?: number, look?: string): Promise<string | undefined> {
  const image = storageImage({ '.bootcde': changer(change, look), a: 'old!', b: 'keep' });
  const { board } = await bootFrom(image, cut, share);
  assert.equal(board.powered, false);
  return (await bootFrom(board.flash.bytes, 0)).lines.join();
}

describe('a power cut while a file is overwritten', () => {
  test('after the old one is gone: there is no file', async () => {
    assert.equal(await afterCut('s.write("a","new text")', 1, 1), '[null,"keep"]');
  });

  test('in the data: the file has its size and what was not written reads as 0xFF', async () => {
    assert.equal(await afterCut('s.write("a","new text")', 3), '["new \\u00FF\\u00FF\\u00FF\\u00FF","keep"]');
  });

  test('after the data: the file is whole', async () => {
    assert.equal(await afterCut('s.write("a","new text");s.write("b","x")', 4, 1), '["new text",null]');
  });
});

test('a header torn in its size is not seen at boot, takes one write away and then refuses all', async () => {
  const look = 'print(s.write("d","x"),s.read("d"));try{s.write("e","x")}catch(e){print(e.message)}';
  const seen = await afterCut('s.write("c","text")', 1, 1 / 32, look);
  assert.equal(seen, 'true undefined,File already written with different data');
});

test('no code runs any more once the power is off', async () => {
  const code = 'try{require("Storage").write("x","y")}catch(e){print("caught")};try{print("on")}catch(e){};D5.set()';
  const { board, lines } = await bootFrom(storageImage({ '.bootcde': code }), 1);
  assert.deepEqual([lines, board.level('D5'), board.edges.filter(({ pin }) => pin === 'D5')], [[], 0, []]);
});

test('a chain that is broken at its start is wiped at power-on', async () => {
  const image = storageImage({ '.bootcde': 'print("boots")', a: 'x' });
  image.set([0, 0, 0, 0]);
  const { board, lines } = await bootFrom(image, 0);
  assert.deepEqual(lines.slice(0, 1), ['Storage is corrupt.']);
  assert.ok(board.flash.bytes.every((byte) => byte === 0xFF));
});

test('compaction loses files when the power goes in it', async () => {
  const text = 'x'.repeat(3000);
  const code = changer('s.erase("f0");s.compact()', '');
  const files = { '.bootcde': code, f0: text, f1: text, f2: text, f3: text };
  const survivors = new Set<number>();
  for (let cut = 2; cut <= 8; cut++) {
    const { board } = await bootFrom(storageImage(files), cut);
    survivors.add(board.storage.files().filter(({ real, name }) => real && name.startsWith('f')).length);
  }
  assert.ok([...survivors].some((count) => count < 3), `files left: ${[...survivors].join()}`);
});
