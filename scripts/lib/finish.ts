import type { Plugin } from 'rollup';
import { putInPlace } from './in-place.ts';
import { minify } from './minify.ts';
import { shapeBundle, type Shape } from './shape.ts';
import { checkSubset } from './subset.ts';

/**
 * A rollup plugin: makes the chunk what is flashed. `file` names it in errors; `keep` holds the
 * functions that stay where they are.
 */
export function finish(shape: Shape, file: string, keep: Record<string, string>): Plugin {
  return {
    name: 'finish',
    async renderChunk(code) {
      const expression = putInPlace(shapeBundle(code, shape), new Set(Object.keys(keep)));
      const small = await minify(expression);
      const finished = shape === 'app' ? asProgram(small) : `${small}();`;
      checkSubset(finished, `dist/${file}`);
      return { code: finished, map: null };
    },
  };
}

/**
 * An app as a program: the body of its function, which then runs outside of every scope. Each function saves the
 * variable that would hold its scope, and each one that is made while another runs saves a list of two scopes.
 *
 * Its last statement takes the global `boot` away, so that the loader knows whether it has come to its end.
 */
export function asProgram(expression: string): string {
  const [, parameter = '', body = ''] = /^\(function\((\w*)\)\{([^]*)\}\)$/.exec(expression) ?? [];
  if (!body) throw new Error(`not one function: ${expression.slice(0, 80)}`);
  const separator = body.endsWith(';') || body.endsWith('}') ? '' : ';';
  return `${parameter ? `const ${parameter}=boot;` : ''}${body}${separator}delete global.boot`;
}
