import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { build } from 'esbuild';
import { root } from '../../../scripts/lib/paths.ts';

test('what flashes is the same in a browser: nothing of it needs Node', async () => {
  const { outputFiles, errors } = await build({
    entryPoints: [join(root, 'scripts', 'lib', 'flash', 'steps.ts')],
    bundle: true, format: 'esm', platform: 'browser', write: false, logLevel: 'silent',
  });
  assert.deepEqual(errors, []);
  assert.doesNotMatch(outputFiles[0]!.text, /from ?"node:/);
});
