import test from 'node:test';
import { dropAliases, scatterObjects } from '../../../scripts/lib/in-place/scalars.ts';
import { expecter } from './expect.ts';

const scattered = expecter(scatterObjects);
const dropped = expecter(dropAliases);

test('makes names of the members of an object that is nothing but its members', () => {
  scattered(
    'const o={up:()=>1,n:2};start(o.up,o.up(),o.n);',
    'const o_up$1=()=>1;const o_n$1=2;start(o_up$1,o_up$1(),o_n$1);',
  );
});

test('makes a variable of a member that is written', () => {
  scattered('const o={n:f()};o.n++;start(o.n);', 'let o_n$1=f();o_n$1++;start(o_n$1);');
});

test('takes a member that is not there for undefined', () => {
  scattered('const o={n:f()};start(o.n,o.gone);', 'const o_n$1=f();start(o_n$1,undefined);');
});

test('leaves an object alone that is handed on, indexed, or given a new member', () => {
  for (const use of ['start(o);', 'start(o[x()]);', 'o.m=1;start(o.n);', 'delete o.n;']) {
    scattered(`const o={n:f()};${use}`, `const o={n:f()};${use}`);
  }
});

test('leaves an object alone with a method, a getter or this', () => {
  for (const member of ['m(){return 1}', 'get m(){return 1}', 'm:function(){return this}']) {
    scattered(`const o={${member}};start(o.m);`, `const o={${member}};start(o.m);`);
  }
});

test('drops a second name for what never changes', () => {
  dropped('const a=f();const b=a;start(b,b,{b});', 'const a=f();start(a,a,{b:a});');
});

test('keeps a second name for what changes', () => {
  dropped('let a=f();const b=a;a=2;start(b,a);', 'let a=f();const b=a;a=2;start(b,a);');
});

test('keeps a second name where the first means something else', () => {
  const source = 'const a=f();const b=a;start(function(a){return a+b},b);';
  dropped(source, source);
});
