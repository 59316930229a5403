import assert from 'node:assert/strict';
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { command } from '../../../scripts/commands/key.ts';
import type { Values } from '../../../scripts/lib/command.ts';
import {
  awaitKey, keysOf, makeKey, readKeys, settleKey, writeKeys, type Keys,
} from '../../../scripts/lib/update/keys.ts';
import { Home } from './home.ts';

const [A, B, C, D] = ['aa', 'bb', 'cc', 'dd'].map((byte) => byte.repeat(32)) as [string, string, string, string];

function none(): Keys {
  return { devices: new Map(), next: new Map(), before: new Map() };
}

async function key(home: Home, words: string[], values: Values): Promise<{ end: number; out: string }> {
  const io = home.io();
  return { end: await command.run(values, words, io), out: io.stdout + io.stderr };
}

function home(context: TestContext): Home {
  const made = new Home(context, '');
  made.write('bell.keys.json', {});
  return made;
}

test('a key is 64 hex digits, and no two are the same', () => {
  assert.match(makeKey(), /^[0-9a-f]{64}$/);
  assert.notEqual(makeKey(), makeKey());
});

test('the key of a device comes before that of the fleet', () => {
  const keys = { ...none(), fleet: A };
  assert.deepEqual(keysOf(keys, 'front'), [A]);
  keys.devices.set('front', B);
  assert.deepEqual(keysOf(keys, 'front'), [B, A]);
  assert.deepEqual(keysOf(none(), 'constructor'), []);
});

test('during a change both keys are kept, and after it the old one too', () => {
  const keys = { ...none(), fleet: A };
  awaitKey(keys, 'front', B);
  assert.deepEqual(keysOf(keys, 'front'), [B, A]);
  settleKey(keys, 'front', B);
  assert.deepEqual(keysOf(keys, 'front'), [B, A]);
  awaitKey(keys, 'front', C);
  settleKey(keys, 'front', C);
  assert.deepEqual(keysOf(keys, 'front'), [C, B, A]);
});

test('a change whose answer was lost leaves no key out', () => {
  const keys = none();
  keys.devices.set('front', A);
  awaitKey(keys, 'front', B);
  awaitKey(keys, 'front', C);
  assert.deepEqual(new Set(keysOf(keys, 'front')), new Set([A, B, C]));
  settleKey(keys, 'front', B);
  assert.deepEqual(new Set(keysOf(keys, 'front')), new Set([A, B, C]));
  assert.equal(keysOf(keys, 'front')[0], B);
});

test('keys survive their file, which only the owner can read', (context) => {
  const at = home(context);
  const file = { name: 'k.json', path: join(at.folder, 'k.json') };
  const keys = { ...none(), fleet: A };
  keys.devices.set('front', B);
  keys.before.set('front', [C, D]);
  writeKeys(file.path, keys);
  assert.equal(statSync(file.path).mode & 0o777, 0o600);
  assert.deepEqual(readKeys(file), keys);
});

test('a file that others can read is refused, with the cure', { skip: process.platform === 'win32' }, (context) => {
  const at = home(context);
  const file = { name: 'bell.keys.json', path: join(at.folder, 'bell.keys.json') };
  chmodSync(file.path, 0o640);
  assert.throws(() => readKeys(file), (error: Error & { sentence: string }) => {
    return /can be read by others.*chmod 600 bell\.keys\.json/.test(error.sentence);
  });
});

test('a wrong key is said by its place and not shown', (context) => {
  const at = home(context);
  at.write('bell.keys.json', { devices: { front: 's3cret' } });
  const file = { name: 'bell.keys.json', path: join(at.folder, 'bell.keys.json') };
  assert.throws(() => readKeys(file), /a key at devices\.front that is not 64/);
  writeFileSync(file.path, '{"fleet": s3cret', { mode: 0o600 });
  assert.throws(() => readKeys(file), /^Failure: bell\.keys\.json is not JSON$/);
});

test('bell key makes a key once, puts it into the settings, and shows it nowhere', async (context) => {
  const at = home(context);
  at.write('front.json', { id: 'front', mqtt: { host: 'broker' }, update: { key: D } });
  const { end, out } = await key(at, ['front'], { into: 'front.json' });
  assert.equal(end, 0);
  const { devices } = at.read('bell.keys.json') as { devices: { front: string } };
  assert.match(devices.front, /^[0-9a-f]{64}$/);
  assert.deepEqual(at.read('front.json'), { id: 'front', mqtt: { host: 'broker' }, update: { key: devices.front } });
  assert.equal(statSync(join(at.folder, 'front.json')).mode & 0o777, 0o600);
  assert.ok(!out.includes(devices.front));
  assert.match((await key(at, ['front'], {})).out, /front has a key already/);
  assert.deepEqual((at.read('bell.keys.json') as { devices: unknown }).devices, devices);
});

test('bell key lists who has one', async (context) => {
  const at = home(context);
  await key(at, [], { fleet: true });
  await key(at, ['front'], {});
  assert.equal((await key(at, [], {})).out, 'There is a key for the fleet.\nfront has a key of its own.\n');
  const { out } = await key(at, [], { json: true });
  assert.deepEqual(JSON.parse(out), { fleet: true, devices: ['front'], changing: [] });
});

test('the settings of another device, and what is no id, are refused', async (context) => {
  const at = home(context);
  at.write('back.json', { id: 'back' });
  await assert.rejects(key(at, ['front'], { into: 'back.json' }), /back\.json is of back, not of front/);
  await assert.rejects(key(at, ['Front'], {}), /"Front" is no id/);
  await assert.rejects(key(at, ['front'], { into: 'none.json' }), /There is no file none\.json/);
  assert.equal(readFileSync(join(at.folder, 'bell.keys.json'), 'utf8'), '{}');
});
