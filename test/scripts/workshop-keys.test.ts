import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { keysOf, makeKey, readKeys } from '../../scripts/lib/update/keys.ts';
import { withKeys } from '../../scripts/lib/workshop-keys.ts';
import { CAST } from '../../workshop/cast.ts';
import type { Role } from '../../workshop/cast.ts';

function fileIn(context: TestContext, content?: object): { name: string; path: string } {
  const folder = mkdtempSync(join(tmpdir(), 'bell-keys-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'bell.keys.json');
  if (content) writeFileSync(path, JSON.stringify(content), { mode: 0o600 });
  return { name: 'bell.keys.json', path };
}

const keyOf = ({ settings }: Role) => (settings.update as { key: string }).key;

test('each device of the workshop gets a key of its own, where bell update finds it and nobody else', (context) => {
  const file = fileIn(context);
  const roles = withKeys(CAST, file);
  assert.equal(new Set(roles.map(keyOf)).size, CAST.length);
  const keys = readKeys(file);
  for (const role of roles) assert.deepEqual(keysOf(keys, role.id), [keyOf(role)]);
  assert.equal(statSync(file.path).mode & 0o077, 0);
  assert.deepEqual(withKeys(CAST, file).map(keyOf), roles.map(keyOf));
});

test('keys that are there already are taken, and nothing is written', (context) => {
  const fleet = makeKey();
  const front = makeKey();
  const file = fileIn(context, { fleet, devices: { front } });
  const before = statSync(file.path).mtimeMs;
  assert.deepEqual(withKeys(CAST, file).map(keyOf), [front, fleet, fleet]);
  assert.equal(statSync(file.path).mtimeMs, before);
});
