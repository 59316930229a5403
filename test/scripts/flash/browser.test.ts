import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { build } from 'esbuild';
import { root } from '../../../scripts/lib/paths.ts';

/** What page and command have in common. */
const SHARED = [
  'flash/steps', 'flash/with-portal', 'flash/image-content', 'console/provision', 'console/device-settings',
  'doctor/examine-port', 'check-settings', 'put-settings',
];

test('what flashes, provisions and looks is the same in a browser: nothing of it needs Node', async () => {
  const { outputFiles, errors } = await build({
    entryPoints: SHARED.map((name) => join(root, 'scripts', 'lib', `${name}.ts`)), outdir: root,
    bundle: true, format: 'esm', platform: 'browser', write: false, logLevel: 'silent',
  });
  assert.deepEqual(errors, []);
  for (const { text, path } of outputFiles) {
    assert.doesNotMatch(text, /from ?"node:|\bBuffer\b|\bprocess\./, path);
  }
});
