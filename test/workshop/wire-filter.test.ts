import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WireRow } from '../../workshop/messages.ts';
import { clientsIn, filterRows } from '../../workshop/page/wire-filter.ts';

const rows: WireRow[] = [
  { n: 3, at: 0, client: 'front', from: 'client', type: 'PINGREQ', bytes: 2 },
  { n: 2, at: 0, client: 'page', from: 'client', type: 'PUBLISH', bytes: 22, topic: 'bell/front/ring', payload: '200' },
  { n: 1, at: 0, client: 'back', from: 'client', type: 'CONNECT', bytes: 60, note: 'stored session' },
];
const ALL = { text: '', client: '', all: true };
const numbers = (filter: Partial<typeof ALL>) => filterRows(rows, { ...ALL, ...filter }).map(({ n }) => n);

test('pings and acknowledgements are only shown on request', () => {
  assert.deepEqual(numbers({}), [3, 2, 1]);
  assert.deepEqual(numbers({ all: false }), [2, 1]);
});

test('all words must occur, in any field and any case', () => {
  assert.deepEqual(numbers({ text: 'RING 200' }), [2]);
  assert.deepEqual(numbers({ text: 'stored' }), [1]);
  assert.deepEqual(numbers({ text: 'stored ring' }), []);
});

test('one client can be picked, and stays in the choice when its rows are gone', () => {
  assert.deepEqual(numbers({ client: 'page' }), [2]);
  assert.deepEqual(clientsIn(rows), ['back', 'front', 'page']);
  assert.deepEqual(clientsIn([], 'door'), ['door']);
});
