import assert from 'node:assert/strict';
import test from 'node:test';
import { infoOf, statsOf } from '../../firmware/core/info.ts';

test('adds names, limits, settings and the last error to the facts of the hardware', () => {
  const info = infoOf({ version: '1.0.0' }, '{"id":"front"}', ['front', 'all'], { strokeMs: 1000 }, 'no CONNACK', 1024);
  assert.deepEqual(JSON.parse(info), {
    version: '1.0.0',
    names: ['front', 'all'],
    limits: { strokeMs: 1000 },
    settings: { id: 'front' },
    error: 'no CONNACK',
  });
});

test('leaves settings out that are longer than there is room for', () => {
  const info = infoOf({}, JSON.stringify('x'.repeat(1000)), ['front'], {}, '', 1024);
  assert.deepEqual(JSON.parse(info), { names: ['front'], limits: {}, error: '', settings: null });
});

test('adds seconds and counts to the figures of the hardware', () => {
  assert.deepEqual(statsOf({ free: 900 }, 60, { rung: 2 }), { free: 900, uptime: 60, counts: { rung: 2 } });
});
