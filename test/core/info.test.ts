import assert from 'node:assert/strict';
import test from 'node:test';
import { infoOf } from '../../firmware/core/info.ts';
import { SHOWN } from '../../firmware/core/settings/public.ts';

test('adds names, limits, settings and the last error to the facts of the hardware', () => {
  const show = (name: string): string => JSON.stringify(name + '!');
  const info = infoOf({ version: '1.0.0' }, show, ['front', 'all'], { strokeMs: 1000 }, 'no CONNACK', 1024);
  assert.deepEqual(JSON.parse(info), {
    version: '1.0.0',
    names: ['front', 'all'],
    limits: { strokeMs: 1000 },
    settings: Object.fromEntries(SHOWN.split(',').map((name) => [name, name + '!'])),
    error: 'no CONNACK',
  });
});

test('leaves settings out that there is no room for, and names them', () => {
  const show = (name: string): string => JSON.stringify(name === 'mqtt' ? 'x'.repeat(1000) : 1);
  const info = infoOf({}, show, ['front'], {}, '', 1024);
  assert.ok(info.length <= 1024);
  const { settings, omitted } = JSON.parse(info) as { settings: object; omitted: string };
  assert.equal(omitted, 'mqtt');
  assert.deepEqual(Object.keys(settings).sort(), SHOWN.split(',').filter((name) => name !== 'mqtt').sort());
});

test('names all settings when there is room for none, and is not longer than it has to be', () => {
  const info = infoOf({}, () => '"long"', ['front'], {}, '', 60);
  assert.deepEqual(JSON.parse(info), { names: ['front'], limits: {}, error: '', settings: {}, omitted: SHOWN });
});
