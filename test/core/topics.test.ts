import assert from 'node:assert/strict';
import test from 'node:test';
import { filtersOf, namesOf } from '../../firmware/core/topics.ts';
import { settings } from '../support/settings.ts';

const front = settings('{"id":"front","groups":["ground","court"],"prefix":"school/bell"}');

test('answers to its own name, its groups and all', () => {
  assert.deepEqual(namesOf(front.id, front.groups), ['front', 'ground', 'court', 'all']);
});

test('asks for ring, stop and who under each name, and for set and update under its own', () => {
  assert.deepEqual(filtersOf('bell', ['front', 'all'], 1, 1), [
    'bell/front/ring', 1, 'bell/front/stop', 1, 'bell/front/who', 1,
    'bell/all/ring', 1, 'bell/all/stop', 1, 'bell/all/who', 1,
    'bell/front/set', 1, 'bell/front/update', 1,
  ]);
});

test('puts its prefix in front of every topic', () => {
  const asked = filtersOf(front.prefix, namesOf(front.id, front.groups), 1, 1);
  const filters = asked.filter((item) => typeof item === 'string');
  assert.equal(filters.length, 14);
  assert.ok(filters.every((filter) => filter.startsWith('school/bell/')));
});

test('asks for rings with the QoS of the settings, and for the rest with no more than it needs', () => {
  const all = [0, 1, 2].map((qos) => filtersOf('bell', ['front', 'all'], qos, 1));
  const asked = all.map((filters) => filters.filter((item) => typeof item === 'number'));
  assert.deepEqual(asked, [[0, 0, 0, 0, 0, 0, 0, 0], [1, 1, 1, 1, 1, 1, 1, 1], [2, 1, 1, 2, 1, 1, 1, 1]]);
});

test('has no wildcard, which would bring back what the device says itself', () => {
  assert.ok(!filtersOf(front.prefix, namesOf(front.id, front.groups), 1, 1).join().match(/[+#]/));
});
