import { parse } from 'acorn';
import type { Program } from 'acorn';

/**
 * What is evaluated, with its variables in a block of their own.
 *
 * V8 takes a `let` at the top of evaluated code for one that never changes when only arrow functions assign to it, and
 * its optimised code then goes on with an old value: `eval('let a=0; const read=()=>a, write=()=>{a=1}; …')`. That is
 * how an image is started. In a block it reads the same variable right.
 */
export function inBlock(code: string): string {
  const program = parsed(code);
  if (!program?.body.some(({ type, ...statement }) =>
    type === 'ClassDeclaration' || type === 'VariableDeclaration' && 'kind' in statement && statement.kind !== 'var')) {
    return code;
  }
  const directives = program.body.filter((statement) => 'directive' in statement && statement.directive !== undefined);
  const start = directives.at(-1)?.end ?? 0;
  return `${code.slice(0, start)};{${code.slice(start)}\n}`;
}

function parsed(code: string): Program | undefined {
  try {
    return parse(code, { ecmaVersion: 'latest' });
  } catch (error) {
    // For V8 to complain about.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
