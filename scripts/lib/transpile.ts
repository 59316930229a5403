import { dirname, resolve } from 'node:path';
import { transform, type TransformOptions, type TransformResult } from 'esbuild';
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

/** What became of sources that say nothing of a board, by name and text: the boards of one run share it. */
const shared = new Map<string, Promise<TransformResult>>();

function transpileSource(code: string, sourcefile: string, define: Record<string, string>): Promise<TransformResult> {
  const run = (): Promise<TransformResult> => transform(code, { ...options, define, sourcefile, sourcemap: true });
  if (code.includes('BOARD')) return run();
  const key = `${sourcefile}\n${code}`;
  const result = shared.get(key) ?? run();
  shared.set(key, result);
  return result;
}

/** A rollup plugin: TypeScript to what Espruino runs, with the board's constants in place. */
export function transpile(define: Record<string, string>): Plugin {
  return {
    name: 'transpile',
    resolveId(source, importer) {
      return importer !== undefined && source.startsWith('.') ? resolve(dirname(importer), source) : null;
    },
    async transform(code, id) {
      const { code: made, map } = await transpileSource(code, id, define);
      return { code: made, map };
    },
  };
}
