import assert from 'node:assert/strict';
import { test } from 'node:test';
import vm from 'node:vm';
import { pretokenise } from '../../scripts/lib/pretokenise.ts';
import { addFile } from '../../scripts/lib/storage-file.ts';
import { detokenise } from '../../simulator/detokenise.ts';
import { optional } from '../support/optional.ts';
import { runStorage } from '../support/on-interpreter.ts';
import { boot } from './support/bench.ts';

/** Programs that print something, with all that the format knows in them. */
const PROGRAMS: readonly (readonly [code: string, prints: string])[] = [
  ['var a=5;print(a>>1,a>>>1,a<<2,a!==5,a!=4,a>=5,a<=4,a&&7,0||8)', '2 2 20 false true true false 7 8'],
  ['var a=9;a+=1;a-=2;a*=3;a/=2;a%=7;a|=8;a&=12;a^=1;a<<=2;a>>=1;a>>>=1;print(a++ + ++a,a-- -1)', '28 14'],
  ['print(0,1,-1,127,128,-128,-129,255,256,32767,32768,-32768,-32769,1e3,6e4,.5,0x10)',
    '0 1 -1 127 128 -128 -129 255 256 32767 32768 -32768 -32769 1000 60000 0.5 16'],
  ['var o={in:1,delete:2,"of":3,x:-1};print(o.in,o.delete,o.of,o.x,typeof o,"x"in o,delete o.x,void 0)',
    '1 2 3 -1 object true true undefined'],
  ['var s="";for(var i=0;i<3;i++){if(i===1)continue;else s+=i}do{s+="d"}while(0);while(1)break;print(s)', '02d'],
  ['function f(n){switch(n){case 1:return"one";case-1:return"minus";default:return null}}print(f(1),f(-1),f(2))',
    'one minus null'],
  ['try{throw"bad"}catch(e){print(e,!0,true,false,null)}finally{print("end")}', 'bad true true false null\nend'],
  ['const f=(a,b)=>a-b;let g=()=>{};print(f(7,2),new Date(0)instanceof Date,this===global,g(),f(1,-1))',
    '5 true true undefined 2'],
  ['class A{static m(){return 1}n(){return 2}}class B extends A{n(){return super.n()+1}}print(A.m(),new B().n())',
    '1 3'],
  ['print("\\0\\n\\xff\\x80".length,"' + 'long '.repeat(60) + '".length,"",`t`,`a${1+1}b`,/[a-f]+/.test("xxd"),4/2/2)',
    '4 300  t a2b true 1'],
  ['var n;print(n??4,0??5)', '4 0'],
];

test('tokenised programs do on a simulated board what they do as text', async () => {
  for (const [code, prints] of PROGRAMS) {
    const { lines } = await boot(pretokenise(code));
    assert.equal(lines.join('\n'), prints, code);
  }
});

test('a simulated board takes tokenised code in timers and modules as well', async () => {
  const code = 'setTimeout(eval,1,require("Storage").read("late"));print(require("m").seven)';
  const { lines } = await boot(pretokenise(code), {}, {
    late: pretokenise('let late=2;print("late",late)'), m: pretokenise('exports.seven=7'),
  });
  assert.deepEqual(lines, ['7', 'late 2']);
});

test('text that is detokenised again means the same to V8', () => {
  for (const [code] of PROGRAMS) {
    const run = (text: string): string => {
      const said: string[] = [];
      const context = vm.createContext({ print: (...all: unknown[]) => said.push(all.join(' ')) });
      vm.runInContext(`var global=this;${text}`, context);
      return said.join('\n');
    };
    assert.equal(run(detokenise(pretokenise(code))), run(code));
  }
});

const espruino = optional('espruino');

for (const form of ['text', 'tokens'] as const) {
  test(`the real interpreter does with ${form} what the simulated board does`, { skip: espruino.skip }, async () => {
    for (const [code, prints] of PROGRAMS) {
      const all = `${code};print("over")`;
      const content = form === 'text' ? all : pretokenise(all);
      const run = runStorage(espruino.path!, addFile(Buffer.alloc(0), '.bootcde', content));
      await run.line(/^over$/);
      await run.interpreter.stop();
      const printed = run.lines.slice(run.lines.indexOf('over') - prints.split('\n').length).join('\n');
      assert.equal(printed, `${prints}\nover`, code);
    }
  });
}
