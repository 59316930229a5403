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
      const finished = shape === 'app' ? small : `${small}();`;
      checkSubset(finished, `dist/${file}`);
      return { code: finished, map: null };
    },
  };
}
