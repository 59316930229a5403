import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inBlock } from '../../simulator/eval-scope.ts';
import { boot } from './support/bench.ts';

/** What a board prints that evaluates this by a timer, as its loader starts an image. */
async function evaluated(code: string): Promise<string> {
  return (await boot(`setTimeout(eval,1,${JSON.stringify(code)})`)).lines.join('|');
}

describe('evaluated code', () => {
  test('finds its variables as they are, however often it has read them', async () => {
    const often = 'let n=0;const sum=()=>{n=0;for(let i=0;i<9000;i++)n+=read()};for(n=0;n<300;n++)setTimeout(sum,n);';
    const late = 'setTimeout(()=>{write();sum();print(n)},500)';
    assert.equal(await evaluated(`let a=0;const read=()=>a,write=()=>{a=1};${often}${late}`), '9000');
  });

  test('leaves its functions and its var behind', async () => {
    const code = 'setTimeout(()=>print(f(),v),5);let a=1;var v=2;function f(){return a}';
    assert.equal(await evaluated(code), '1 2');
  });

  test('has a value', async () => {
    const { lines } = await boot('(function(){var a=2;print(eval("let b=a;b+1"),eval("a//"),eval("let c=3;c//"))})()');
    assert.deepEqual(lines, ['3 2 3']);
  });

  test('may be strict', async () => {
    const code = '"use strict";let a=1;print((function(){return this===undefined})(),a)';
    assert.equal(await evaluated(code), 'true 1');
  });

  test('is left as it is without such variables, and where V8 cannot read it', () => {
    for (const code of ['{a:1}', 'var a=1', 'function f(){let a}', 'let a;}{']) assert.equal(inBlock(code), code);
  });
});
