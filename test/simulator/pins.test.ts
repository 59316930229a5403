import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CONSOLE_CHARS } from '../../simulator/board.ts';
import { EDGES } from '../../simulator/pins.ts';
import { boot } from './support/bench.ts';

describe('pins at reset', () => {
  test('GPIO4 and GPIO5 of an ESP8266 stay low', async () => {
    const { board } = await boot('');
    assert.deepEqual(board.edges.filter(({ pin }) => pin === 'D4' || pin === 'D5'), []);
  });

  test('an ESP32 pulls some pins up and leaves others alone', async () => {
    const { board } = await boot('', { chip: 'esp32' });
    assert.deepEqual(['D13', 'D18', 'D4', 'D16', 'D23'].map((pin) => board.level(pin)), [1, 1, 0, 0, 0]);
  });

  test('load() makes an ESP8266 pull its relay pins up', async () => {
    const { board } = await boot('if(getTime()<0.35)setTimeout(function(){load()},100)');
    assert.deepEqual(board.edges.filter(({ pin }) => pin === 'D5').map(({ level }) => level), [1]);
  });

  test('a restart lets go of the outputs', async () => {
    const { board } = await boot('if(ESP8266.getResetInfo().reason=="power on"){D5.set();setTimeout(E.reboot,50)}');
    assert.deepEqual(board.edges.filter(({ pin }) => pin === 'D5').map(({ level }) => level), [1, 0]);
    assert.equal(board.restarts, 1);
  });
});

describe('a pin', () => {
  test('is written and read', async () => {
    const { lines } = await boot('digitalWrite(D5,1);print(D5.read(),digitalRead(D5),D4.read())');
    assert.deepEqual(lines, ['true 1 false']);
  });

  test('stays an input when code said so', async () => {
    const { board } = await boot('pinMode(D5,"input_pullup");digitalWrite(D5,0)');
    assert.equal(board.level('D5'), 1);
  });

  test('is found by name, number and object', async () => {
    const { lines } = await boot('print(new Pin("D4")==D4,new Pin(4)==D4,D4-0,""+D4)');
    assert.deepEqual(lines, ['true true 4 D4']);
  });

  test('that is none is refused', async () => {
    const { lines } = await boot('try{digitalWrite(undefined,1)}catch(e){print(e.message)}');
    assert.deepEqual(lines, ['Invalid pin']);
  });
});

describe('setWatch', () => {
  test('tells a press that is longer than its debounce, with its time', async () => {
    const code = 'setWatch(function(e){print(e.state,e.pin,e.time>1)},D0,{repeat:true,debounce:25,edge:"both"})';
    const { board, time, lines } = await boot(code);
    board.press('D0', 10);
    await time.advance(500);
    board.press('D0', 100);
    await time.advance(500);
    assert.deepEqual(lines, ['false 0 true', 'true 0 true']);
  });

  test('without repeat fires once', async () => {
    const { board, time, lines } = await boot('setWatch(function(e){print(e.state)},D0,{edge:"falling"})');
    board.press('D0', 50);
    await time.advance(100);
    board.press('D0', 50);
    await time.advance(100);
    assert.deepEqual(lines, ['false']);
  });

  test('ends with clearWatch', async () => {
    const code = 'var w=setWatch(function(e){print(e.state)},D0,{repeat:true});clearWatch(w)';
    const { board, time, lines } = await boot(code);
    board.press('D0', 50);
    await time.advance(100);
    assert.deepEqual(lines, []);
  });
});

test('a watch never fires on GPIO16 of an ESP8266, which has no interrupt', async () => {
  const { board, time, lines } = await boot('setWatch(function(){print("no")},D16,{repeat:true})');
  board.press('D16', 50);
  await time.advance(100);
  assert.deepEqual(lines, []);
});

test('writes to flash while a pulse runs are counted', async () => {
  const { board } = await boot('digitalPulse(D5,1,50);require("Storage").write("a","b")');
  assert.equal(board.writesDuringPulse, 2);
});

describe('a board that runs for weeks', () => {
  test('keeps the last edges only', async () => {
    const { board } = await boot('for(var i=0;i<15000;i++)digitalPulse(D5,1,0.001),digitalPulse(D5,1,0)');
    const { edges } = board;
    assert.ok(edges.length >= EDGES / 2 && edges.length <= EDGES, `${edges.length} edges`);
    assert.equal(edges.at(-1)?.level, board.level('D5'));
  });

  test('keeps the last of what it has printed only', async () => {
    const { board } = await boot('for(var i=0;i<20000;i++)print("line",i)');
    assert.ok(board.consoleText.length <= CONSOLE_CHARS);
    assert.ok(board.consoleText.endsWith('line 19999\n'));
  });
});
