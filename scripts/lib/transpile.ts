import { dirname, resolve } from 'node:path';
import { transform, type TransformOptions } from 'esbuild';
import type { Plugin } from 'rollup';

/**
 * What Espruino's parser lacks, in esbuild's words. esbuild lowers little of it and refuses the
 * rest by file and line, which makes it the second gate after ESLint.
 */
export const supported: Record<string, boolean> = {
  'destructuring': false,
  'default-argument': false,
  'rest-argument': false,
  'array-spread': false,
  'object-rest-spread': false,
  'optional-chain': false,
  'logical-assignment': false,
  'exponent-operator': false,
  'async-await': false,
  'async-generator': false,
  'generator': false,
  'for-await': false,
  'nested-rest-binding': false,
  'class-private-field': false,
  'class-private-method': false,
  'class-static-blocks': false,
  'new-target': false,
  'bigint': false,
  'unicode-escapes': false,
};

const options: TransformOptions = {
  loader: 'ts',
  target: 'esnext',
  supported,
  charset: 'ascii',
  tsconfigRaw: { compilerOptions: { useDefineForClassFields: false, verbatimModuleSyntax: true } },
};

/** A rollup plugin: TypeScript to what Espruino runs, with the board's constants in place. */
export function transpile(define: Record<string, string>): Plugin {
  return {
    name: 'transpile',
    resolveId(source, importer) {
      return importer !== undefined && source.startsWith('.') ? resolve(dirname(importer), source) : null;
    },
    async transform(code, id) {
      const result = await transform(code, { ...options, define, sourcefile: id, sourcemap: true });
      return { code: result.code, map: result.map };
    },
  };
}
