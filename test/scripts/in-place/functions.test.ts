import test from 'node:test';
import { moveFunctions } from '../../../scripts/lib/in-place/functions.ts';
import { expecter } from './expect.ts';

const expectBody = expecter((code) => moveFunctions(code, new Set()));

function unchanged(source: string, ...keep: string[]): void {
  expecter((code) => moveFunctions(code, new Set(keep)))(source, source);
}

test('makes a function in place that is called once', () => {
  expectBody('function f(a){return a+1}print(f(2));', 'print((function(a){return a+1})(2));');
});

test('makes a function in place that is handed on once', () => {
  expectBody('function f(){g()}start(f);', 'start(function(){g()});');
  expectBody('const f=()=>g();start({f});', 'start({f: ()=>g()});');
});

test('moves one link of a chain at a time, because the text of the next one changes', () => {
  expectBody(
    'function a(){return 1+x}function b(){return a()}print(b());',
    'function b(){return(function(){return 1+x})()}print(b());',
  );
});

test('leaves a function alone that is used twice', () => {
  unchanged('function f(){x()}f();start(f);');
});

test('leaves a function alone that calls itself', () => {
  unchanged('function f(n){return n?f(n-1):0}print(f,f);');
});

test('leaves a function alone that is used within a loop', () => {
  unchanged('function f(){x()}while(y())f();');
  unchanged('function f(){x()}for(const a of y)f(a);');
});

test('leaves a function alone that is kept by name, also after rollup numbered it', () => {
  unchanged('function f(){x()}f();', 'f');
  unchanged('function f$1(){x()}f$1();', 'f');
});

test('leaves a function alone when a name in it means something else at its use', () => {
  unchanged('let x=1;function f(){return x}function g(x){return f()+x}print(g,g);x=2;');
});

test('leaves an arrow function alone whose this would change', () => {
  unchanged('const f=()=>this.x;class K{m(){return f()}}print(K,K);');
});

test('does not let a callback hold the variables of the function that sets it', () => {
  unchanged('function later(){x()}function take(packet){setTimeout(later,packet)}print(take,take);');
});

test('lets a callback move into a function that has no variables', () => {
  expectBody(
    'function later(){x()}function take(){setTimeout(later,1)}print(take,take);',
    'function take(){setTimeout(function(){x()},1)}print(take,take);',
  );
});
