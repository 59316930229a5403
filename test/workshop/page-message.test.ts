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
  ]) assert.deepEqual(readPageMessage(JSON.stringify(message)), message);
});

test('a name that is no single level of a topic is refused', () => {
  for (const name of ['', '+', '#', 'a/b', 'a\0', 'x'.repeat(65), 7]) {
    assert.equal(readPageMessage(JSON.stringify({ do: 'stop', name })), undefined);
  }
});

test('nothing that is sent makes the reader throw', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
    const read = readPageMessage(text);
    return read === undefined || typeof read.do === 'string';
  }));
});
