import test from 'node:test';
import { spliceFactories } from '../../../scripts/lib/in-place/splice.ts';
import { expecter } from './expect.ts';

const expectBody = expecter(spliceFactories);
const unchanged = (source: string): void => expectBody(source, source);

test('puts the body of a factory where it is called once, under names of its own', () => {
  expectBody(
    'function make(){let n=0;return {up:()=>++n}}const thing=make();start(thing,thing);',
    'let n$1=0;const thing={up:()=>++n$1};start(thing,thing);',
  );
});

test('writes an argument that never changes for the parameter, and else gives it a name', () => {
  expectBody(
    'function make(a,b){return ()=>a+b}const x=f();const thing=make(x,g());start(thing);',
    'const x=f();const b$1=g();const thing=()=>x+b$1;start(thing);',
  );
});

test('gives a parameter that changes a variable', () => {
  expectBody(
    'function make(a){return ()=>++a}const x=f();const thing=make(x);start(thing,x);',
    'const x=f();let a$1=x;const thing=()=>++a$1;start(thing,x);',
  );
});

test('takes a parameter without an argument for undefined', () => {
  expectBody(
    'function make(a){return ()=>a}const thing=make();start(thing);',
    'const a$1=undefined;const thing=()=>a$1;start(thing);',
  );
});

test('keeps the key where a name stood for one as well', () => {
  expectBody(
    'function make(){const up=()=>1;return {up}}const thing=make();start(thing,thing);',
    'const up$1=()=>1;const thing={up:up$1};start(thing,thing);',
  );
});

test('takes a factory that gives nothing back', () => {
  expectBody('function make(){let n=0;on(()=>++n);}make();', 'let n$1=0;on(()=>++n$1);undefined;');
});

test('leaves a function alone that makes no closures: in place it lives shorter', () => {
  unchanged('function f(a){let n=a;return n}const thing=f(1);start(thing);');
});

test('leaves a factory alone that is called twice, or within a function', () => {
  unchanged('function make(){let n=0;return ()=>++n}start(make(),make());');
  unchanged('function make(){let n=0;return ()=>++n}start(()=>{const t=make();return t});');
});

test('leaves a factory alone that returns early', () => {
  unchanged('function make(a){if(a)return 0;return ()=>a}const thing=make(1);start(thing);');
});

test('leaves a factory alone that uses this or arguments', () => {
  unchanged('function make(){const n=this.n;return ()=>n}const thing=make();start(thing);');
  unchanged('function make(){const n=arguments[0];return ()=>n}const thing=make(1);start(thing);');
});

test('puts several factories in place at once, each with names of its own', () => {
  expectBody(
    'function a(){let n=0;return ()=>++n}function b(p){let n=1;return ()=>p(++n)}' +
      'const one=a();const two=b(one);start(one,two);',
    'let n$1=0;const one=()=>++n$1;let n$2=1;const two=()=>one(++n$2);start(one,two);',
  );
});

test('puts a factory in place that another one calls', () => {
  expectBody(
    'function a(){let n=0;return ()=>++n}function b(){const up=a();return ()=>up()+1}const thing=b();start(thing);',
    'let n$1=0;const up$1=()=>++n$1;const thing=()=>up$1()+1;start(thing);',
  );
});
