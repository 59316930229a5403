import test from 'node:test';
import { sinkFunctions } from '../../../scripts/lib/in-place/sink.ts';
import { expecter } from './expect.ts';

const expectBody = expecter((code) => sinkFunctions(code, new Set()));

function unchanged(source: string, ...keep: string[]): void {
  expecter((code) => sinkFunctions(code, new Set(keep)))(source, source);
}

test('moves a function to the head of the only one that uses it', () => {
  expectBody(
    'function f(){x()}function g(){f();f()}start(g,g);',
    'function g(){function f(){x()}f();f()}start(g,g);',
  );
});

test('moves a constant function as well', () => {
  expectBody('const f=()=>x();function g(){f();f()}start(g,g);', 'function g(){const f=()=>x();f();f()}start(g,g);');
});

test('moves a function behind what it uses itself', () => {
  expectBody(
    'function a(){x()}function b(){a();a()}function g(){b();b()}start(g,g);',
    'function g(){function b(){function a(){x()}a();a()}b();b()}start(g,g);',
  );
});

test('drops a function that nobody uses', () => {
  expectBody('function f(){x()}start();', 'start();');
});

test('leaves a function alone that two others use', () => {
  unchanged('function f(){x()}function g(){f()}function h(){f()}start(g,g,h,h);');
});

test('leaves a function alone that its own scope uses', () => {
  unchanged('function f(){x()}f();f();');
});

test('leaves a function alone that is kept by name', () => {
  unchanged('function f(){x()}function g(){f();f()}start(g,g);', 'f');
});

test('leaves a function alone when a name in it means something else there', () => {
  unchanged('let x=1;function f(){return x}function g(x){return f()+f()+x}start(g,g);x=2;');
});

test('leaves a function alone where another thing has its name', () => {
  unchanged('function f(){x()}function g(){h(()=>f(),()=>f());}function f2(f){f(f)}start(g,g,f,f2,f2);');
});
