import test from 'node:test';
import { inlineConstants } from '../../../scripts/lib/in-place/constants.ts';
import { expecter } from './expect.ts';

const expectBody = expecter(inlineConstants);
const unchanged = (source: string): void => expectBody(source, source);

test('writes a constant where it is used', () => {
  expectBody('const A=5;print(A,A);', 'print(5,5);');
  expectBody('const A="x",B=f(),C=true;print(A,B,C);', 'const B=f();print("x",B,true);');
  expectBody('const A=-1;print(2-A);', 'print(2- -1);');
});

test('writes a constant as a value where it stood for a key as well', () => {
  expectBody('const qos=1;print({qos});', 'print({qos: 1});');
});

test('leaves a constant alone that another one of that name hides', () => {
  expectBody('const A=5;print(A,function(A){return A});', 'print(5,function(A){return A});');
});

test('keeps a long string that is used often in one place', () => {
  const long = `"${'x'.repeat(100)}"`;
  unchanged(`const A=${long};print(A,A,A);`);
  expectBody(`const A=${long};print(A);`, `print(${long});`);
});
