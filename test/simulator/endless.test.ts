import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { metered } from '../../simulator/meter.ts';
import { boot } from './support/bench.ts';

/** Code that runs once, when the chip is switched on. */
const once = (code: string): string => `if(ESP8266.getResetInfo().reason=="power on"){${code}}`;

describe('the watchdog bites', () => {
  const endless: [what: string, code: string][] = [
    ['for', 'for(;;);'],
    ['while', 'while(1){}'],
    ['do', 'do;while(1)'],
    ['a loop over what grows', '(function(){var a=[1];for(var i of a)a.push(i)})()'],
    ['a loop whose errors are caught', 'for(;;)try{for(;;);}catch(e){}'],
    ['a loop behind another that was caught', 'try{for(;;);}catch(e){for(;;);}'],
    ['a loop that asks the board', 'while(getTime()>0);'],
    ['a function that calls itself too often', 'var f=n=>n<60?f(n+1)+f(n+1):0;f(0)'],
    ['code that the program evaluates itself', 'eval("for(;;);")'],
    ['code that is evaluated later', 'setTimeout("for(;;);",10)'],
    ['a method', '(new (class{loop(){while(true);}})()).loop()'],
  ];
  for (const [what, code] of endless) {
    test(`on ${what}`, async () => {
      const { board, time, lines } = await boot(once(code));
      await time.advance(6000);
      assert.deepEqual([lines, board.restarts, board.resetReason], [[], 1, 'soft wdt']);
    });
  }
});

describe('the watchdog leaves alone', () => {
  const honest: [what: string, code: string, prints: string][] = [
    ['more turns than a chip takes in the seconds it has',
      '(function(){for(var i=0;i<500000;i++);print(i)})()', '500000'],
    ['any number of turns, when the code comes back in between',
      'var n=0,i=setInterval(function(){for(var k=0;k<500000;k++);if(++n>9){clearInterval(i);print(n)}},10)', '10'],
    ['an evaluation that sees the variables around it', '(function(){var a=2;print(eval("a+1"))})()', '3'],
    ['a strict function', '(function(){"use strict";print(this===undefined)})()', 'true'],
    ['loops without braces', 'a:for(var i=0;i<2;i++)for(var k in [1,2])if(k>0)continue a;else print(i,k)', '0 0|1 0'],
    ['an arrow that gives an object', 'print((x=>({x:x}))(1).x,(()=>(1,2))())', '1 2'],
  ];
  for (const [what, code, prints] of honest) {
    test(what, async () => {
      const { board, lines } = await boot(code);
      assert.deepEqual([lines.join('|'), board.restarts], [prints, 0]);
    });
  }

  test('what V8 cannot read: it says so itself', async () => {
    assert.equal(metered('for(;;'), 'for(;;');
    const { lines } = await boot('for(;;');
    assert.match(lines[0]!, /^Uncaught SyntaxError/);
  });
});
