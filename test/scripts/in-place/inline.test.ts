import test from 'node:test';
import { inlineExpressions } from '../../../scripts/lib/in-place/inline.ts';
import { expecter } from './expect.ts';

const expectBody = expecter((code) => inlineExpressions(code, new Set()));

function unchanged(source: string, ...keep: string[]): void {
  expecter((code) => inlineExpressions(code, new Set(keep)))(source, source);
}

test('writes what a function returns where it is called', () => {
  expectBody('let x=1;const f=()=>x>0;print(f());print(!f());x=2;', 'let x=1;print((x>0));print(!(x>0));x=2;');
  expectBody('let x=1;function f(){return x}print(f());x=2;', 'let x=1;print((x));x=2;');
});

test('writes what a function does where nobody asks for what it gives', () => {
  expectBody('let x=1;const f=()=>{x=2};f();if(x)f();', 'let x=1;(x=2);if(x)(x=2);');
  unchanged('let x=1;const f=()=>{x=2};print(f());');
});

test('writes constants, steady names, and functions that are handed over once, in place of parameters', () => {
  expectBody('const f=(a,b)=>g(b,a);f(1,y);', '(g(y,1));');
  expectBody('const f=(a)=>g(a,0);f(()=>h());', '(g(()=>h(),0));');
  expectBody('const f=(a)=>1024;print(f("esp8266"));', 'print((1024));');
  expectBody('const f=(a)=>g(a);start((x)=>f(x));', 'start((x)=>(g(x)));');
});

test('leaves a function alone that would evaluate what is handed over later than before, twice, or not at all', () => {
  unchanged('const f=(a)=>g(a);f(h());');
  unchanged('let y=1;const f=(a)=>g(a);f(y);y=2;');
  unchanged('const f=(a)=>g(a,a);f(()=>h());');
  unchanged('const f=(a)=>g();f(h);');
  unchanged('const f=(a)=>g(a);f();');
});

test('leaves a function alone that changes its parameter, makes functions, or depends on how it is called', () => {
  unchanged('const f=(a)=>a++;f(1);');
  unchanged('const f=()=>()=>g();f();');
  unchanged('function f(){return this.x}f();');
  unchanged('function f(){return arguments.length}f();');
});

test('leaves a function alone when a name in it means something else where it is called', () => {
  unchanged('let x=1;const f=()=>x;function g(x){return f()+x}print(g,g);x=2;');
  unchanged('const f=(a)=>[1].some((b)=>a);f(2);');
});

test('leaves a function alone that calls itself, is kept by name, or would make the bundle longer', () => {
  unchanged('const f=(n)=>n&&f(0);f(1);');
  unchanged('const f=()=>g();f();', 'f');
  const long = `g("${'x'.repeat(60)}")`;
  unchanged(`const f=()=>${long};print(f(),f(),f());`);
});

test('makes a copy of a function that is called, and that an object has as a member', () => {
  expectBody(
    'let x=1;const f=()=>x;function g(){return{f,y:f()}}print(g,g);x=2;',
    'let x=1;function g(){return{f:()=>x,y:(x)}}print(g,g);x=2;',
  );
  unchanged('let x=1;const f=()=>x;function g(){h(f,f())}print(g,g);x=2;');
  unchanged('let x=1;const f=()=>x;print({f},f());x=2;');
});

test('writes one function out within another, and both where that one is called', () => {
  expectBody('let x=1;const f=()=>x;const g=()=>f()+1;print(g());x=2;', 'let x=1;print(((x)+1));x=2;');
  expectBody('const f=(a)=>g(a);const h=(a)=>k(a);f(()=>h(1));', '(g(()=>(k(1))));');
});
