import assert from 'node:assert/strict';
import test from 'node:test';
import { putInPlace } from '../../scripts/lib/in-place.ts';

function outputOf(source: string): unknown[] {
  const lines: unknown[] = [];
  const program = new Function(`return ${source}`)() as (log: (...values: unknown[]) => void) => void;
  program((...values) => lines.push(values));
  return lines;
}

test('does the same before and after', () => {
  const source = `(function(log){
    const LIMIT = 3, NAME = 'bell';
    let count = 0;
    function add(by) { count += by; return count; }
    function describe(prefix) { return prefix + NAME + add(2); }
    const twice = (n) => n * 2;
    function report() { log(describe('the '), twice(LIMIT)); }
    function counter(start) {
      let at = start;
      function up() { at++; return at; }
      return { up, reset: () => { at = start; } };
    }
    const own = counter(7);
    report();
    log(own.up(), own.up());
    own.reset();
    log(own.up(), add(0));
  })`;
  assert.deepEqual(outputOf(putInPlace(source)), outputOf(source));
  assert.notEqual(putInPlace(source), source);
});
