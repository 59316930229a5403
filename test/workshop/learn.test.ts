import assert from 'node:assert/strict';
import { test } from 'node:test';
import { learn } from '../../workshop/learn.ts';

const NOTHING = { status: '' };
const hear = (topic: string, payload: string) => learn(NOTHING, 'bell', 'front', topic, payload, 1000);

test('status, outcome and info of the device are taken', () => {
  assert.equal(hear('bell/front/status', 'online').status, 'online');
  assert.deepEqual(hear('bell/front/rang', '{"id":"a","outcome":"rung","ms":200}').rang, {
    outcome: 'rung', id: 'a', ms: 200, at: 1000,
  });
  assert.deepEqual(hear('bell/front/info', '{"board":"d1-mini"}').info, { board: 'd1-mini' });
});

test('what another device says, or what is no topic of a device, changes nothing', () => {
  for (const topic of ['bell/back/status', 'bell/front/ring', 'other/front/status', 'bell/front/status/x']) {
    assert.equal(hear(topic, 'online'), NOTHING);
  }
});

test('a payload that cannot be read leaves what was known', () => {
  const known = { status: 'online', info: { board: 'd1-mini' } };
  assert.deepEqual(learn(known, 'bell', 'front', 'bell/front/info', '{', 1).info, known.info);
  assert.deepEqual(learn(known, 'bell', 'front', 'bell/front/info', '[]', 1).info, known.info);
  assert.equal(learn(known, 'bell', 'front', 'bell/front/rang', '{"outcome":7}', 1).rang, undefined);
});
