import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readPageMessage } from '../../workshop/page-message.ts';

test('what a page sends is read', () => {
  for (const message of [
    { do: 'ring', name: 'front', payload: '200,100,200' },
    { do: 'stop', name: 'all' },
    { do: 'power', device: 'front', on: false },
    { do: 'wifi', device: 'front', on: true },
    { do: 'button', device: 'door', down: true },
    { do: 'speed', device: 'front', times: 10 },
    { do: 'push', name: 'all', kind: 'good' },
    { do: 'push', name: 'front', kind: 'throws' },
    { do: 'leave' },
  ]) assert.deepEqual(readPageMessage(JSON.stringify(message)), message);
});

test('a name that is no single level of a topic is refused', () => {
  for (const name of ['', '+', '#', 'a/b', 'a\0', 'x'.repeat(65), 7]) {
    assert.equal(readPageMessage(JSON.stringify({ do: 'stop', name })), undefined);
  }
});

test('a kind of image that there is not, and a speed that is not offered, are refused', () => {
  for (const kind of ['', 'toString', 'bad', 7]) {
    assert.equal(readPageMessage(JSON.stringify({ do: 'push', name: 'front', kind })), undefined);
  }
  for (const times of [0, -1, 1e9, '10', null]) {
    assert.equal(readPageMessage(JSON.stringify({ do: 'speed', device: 'front', times })), undefined);
  }
});

test('nothing that is sent makes the reader throw', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
    const read = readPageMessage(text);
    return read === undefined || typeof read.do === 'string';
  }));
});
