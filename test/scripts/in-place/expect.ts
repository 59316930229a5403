import assert from 'node:assert/strict';
import { analyse } from '../../../scripts/lib/scopes.ts';

/** Text without the white space and the parentheses that a minifier takes out anyway. */
function plain(code: string): string {
  return code
    .replace(/\((-?[\d.]+)\)(?!\{)/g, ' $1')
    .replace(/\s+/g, ' ')
    .replace(/ ?([^\w$ -]) ?/g, '$1');
}

/** A check of one step: source and result are the body of one function, and the result parses. */
export function expecter(step: (code: string) => string): (source: string, result: string) => void {
  return (source, result) => {
    const made = step(`(function(){${source}})`);
    analyse(made);
    assert.equal(plain(made), plain(`(function(){${result}})`));
  };
}
