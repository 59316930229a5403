import { transform } from 'esbuild';
import { supported } from './transpile.ts';

/**
 * Takes a function expression and gives it back small: white space, syntax, local names, and the
 * names of properties that begin with `_`.
 *
 * The expression is given a name around it, because a bare one has no effect and would be dropped.
 * `of` is mentioned beside it, so that esbuild does not choose it as a name: Espruino reads it as a
 * keyword (`static` and `let` are reserved in every strict program, and so never chosen).
 */
export async function minify(expression: string): Promise<string> {
  const result = await transform(`var main=${expression};of;`, {
    loader: 'js',
    target: 'esnext',
    supported,
    charset: 'ascii',
    minify: true,
    mangleProps: /^_/,
    legalComments: 'none',
  });
  const found = /^var main=([^]*);of;\n$/.exec(result.code);
  if (!found?.[1]) throw new Error(`unexpected result of minifying: ${result.code.slice(-80)}`);
  return found[1];
}
