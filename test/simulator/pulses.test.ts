import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Board } from '../../simulator/index.ts';
import { boot, makeBench } from './support/bench.ts';

const BOOT_MS = 300;

/** Edges of D5 as `level@ms` after the boot. */
function edges(board: Board): string {
  return board.edges.filter(({ pin }) => pin === 'D5').map(({ level, ms }) => `${level}@${ms - BOOT_MS}`).join(' ');
}

describe('digitalPulse', () => {
  test('ends by itself', async () => {
    const { board } = await boot('digitalPulse(D5,1,20)');
    assert.equal(edges(board), '1@0 0@20');
  });

  test('plays a list of times', async () => {
    const { board } = await boot('digitalPulse(D5,1,[10,20,30])');
    assert.equal(edges(board), '1@0 0@10 1@30 0@60');
  });

  test('is appended to a pulse that runs, and its first edge is not put out', async () => {
    const { board } = await boot('digitalPulse(D5,1,100);setTimeout(function(){digitalPulse(D5,1,[50,50,50])},20)');
    assert.equal(edges(board), '1@0 0@100 1@200 0@250');
  });

  test('waits with time 0', async () => {
    const { board } = await boot('digitalPulse(D5,1,100);digitalPulse(D5,1,0);digitalWrite(D5,1)');
    assert.equal(edges(board), '1@0 0@100 1@100');
  });

  test('ends although the code after it throws', async () => {
    const { board } = await boot('digitalPulse(D5,1,30);throw "out of memory"');
    assert.equal(edges(board), '1@0 0@30');
  });

  test('ends although the code after it never comes back', async () => {
    const { board } = await boot('digitalPulse(D5,1,30);if(ESP8266.getResetInfo().reason=="power on")for(;;);');
    assert.match(edges(board), /^1@0 0@30/);
  });

  test('ends when the power goes', async () => {
    const { board, time } = makeBench('digitalPulse(D5,1,1000)');
    board.plug();
    await time.advance(BOOT_MS + 100);
    board.unplug();
    assert.equal(edges(board), '1@0 0@100');
  });

  test('waits for room in its queue of 15 edges', async () => {
    const { board } = await boot('var t=[];for(var i=0;i<17;i++)t.push(10);digitalPulse(D5,1,t);print(getTime()>0.02)');
    assert.equal(edges(board).split(' ').length, 18);
    assert.equal(board.consoleText, 'true\n');
  });

  test('above 1.67 s ends too early on an ESP8266', async () => {
    const { board, time } = await boot('digitalPulse(D5,1,2000)');
    await time.advance(3000);
    assert.equal(edges(board), `1@0 0@${2000 - 0x800000 / 5000}`);
  });

  test('above 1.67 s is right on an ESP32', async () => {
    const { board, time } = await boot('digitalPulse(D4,1,2000)', { chip: 'esp32' });
    await time.advance(3000);
    const [on, off] = board.edges.filter(({ pin }) => pin === 'D4');
    assert.equal((off?.ms ?? 0) - (on?.ms ?? 0), 2000);
  });
});
