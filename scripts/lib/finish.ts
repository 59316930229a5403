import type { Plugin } from 'rollup';
import { putInPlace } from './in-place.ts';
import { minify } from './minify.ts';
import { exportedNames, shapeBundle, type Shape } from './shape.ts';
import { checkSubset } from './subset.ts';

/** Finished programs by what they were made of: most programs of the loader differ from chip to chip only. */
const shared = new Map<string, Promise<string>>();

/**
 * A rollup plugin: makes the chunk what is flashed. `file` names it in errors; `keep` holds the
 * functions that stay where they are.
 */
export function finish(shape: Shape, file: string, keep: Record<string, string>): Plugin {
  return {
    name: 'finish',
    async renderChunk(code) {
      const kept = Object.keys(keep);
      const key = `${shape} ${kept.join()}\n${code}`;
      const finished = shared.get(key) ?? finishCode(code, shape, file, kept);
      shared.set(key, finished);
      return { code: await finished, map: null };
    },
  };
}

async function finishCode(code: string, shape: Shape, file: string, keep: readonly string[]): Promise<string> {
  const expression = putInPlace(shapeBundle(code, shape), new Set(keep));
  const small = await minify(expression);
  const finished = {
    app: () => asProgram(small),
    module: () => asModule(small, exportedNames(code)),
    program: () => `${small}();`,
  }[shape]();
  checkSubset(finished, `dist/${file}`);
  return finished;
}

/**
 * An app as a program: the body of its function, which then runs outside of every scope. Each function saves the
 * variable that would hold its scope, and each one that is made while another runs saves a list of two scopes.
 *
 * Its last statement takes the global `boot` away, so that the loader knows whether it has come to its end.
 */
function asProgram(expression: string): string {
  const [, parameter = '', body = ''] = /^\(function\((\w*)\)\{([^]*)\}\)$/.exec(expression) ?? [];
  if (!body) throw new Error(`not one function: ${expression.slice(0, 80)}`);
  const separator = body.endsWith(';') || body.endsWith('}') ? '' : ';';
  return `${parameter ? `const ${parameter}=boot;` : ''}${body}${separator}delete global.boot`;
}

/**
 * A function as a module that exports it by these names. On Espruino it loses the scope of the module, of which it
 * needs nothing: whatever it makes would hold a list of both scopes, three variables more for each function.
 * `replaceWith` puts the code of one function into another that keeps its own scope, and one made of text has none.
 */
export function asModule(expression: string, names: readonly string[]): string {
  const targets = names.map((name) => `exports.${name}=`).join('');
  return `(function(f){const g=new Function("");if(g.replaceWith)g.replaceWith(f);${targets}g.replaceWith?g:f})` +
    `(${expression});`;
}
