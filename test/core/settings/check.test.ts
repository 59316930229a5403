import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  DURING, FLAG, HOST, INT, NAME, NAMES, NETWORKS, PATTERN, PATTERNS, TEXT, TOPIC,
} from '../../../firmware/core/config.ts';
import { allowed, fits } from '../../../firmware/core/settings/check.ts';

const cases: [name: string, kind: number, min: number, max: number, good: unknown[], bad: unknown[]][] = [
  ['a flag', FLAG, 0, 0, [true, false], [0, 1, 'true', null, undefined]],
  ['a whole number', INT, 1, 65535, [1, 1883, 65535], [0, 65536, 1.5, NaN, Infinity, '1883', true, null, -1]],
  ['a text', TEXT, 0, 3, ['', 'abc', '"\n'], ['abcd', 5, null, ['a']]],
  ['a name', NAME, 1, 32, ['front', 'bell-2', '0', 'on'], ['', 'Front', 'a b', 'a/b', 'ü', '+', 'x'.repeat(33)]],
  ['a list of names', NAMES, 0, 2, [[], ['a', 'b']], [['a', 'b', 'c'], ['A'], [''], 'a', { 0: 'a' }, [1]]],
  ['a topic', TOPIC, 1, 48, ['bell', 'school/Bells_1'], ['', 'a+b', '#', 'a b', 'ä']],
  ['a host', HOST, 0, 253, ['', '192.168.1.2', 'broker.local', '::1'], ['mqtt://x', 'a b', 'x'.repeat(254)]],
  ['a pattern', PATTERN, 1, 96, ['200', '100,100,100', 'door'],
    ['', ',', '1,,2', '1,', 'Door', '1.5', 200, '1door', ',1', '9'.repeat(97)]],
  ['patterns', PATTERNS, 0, 2, [{}, { on: '5', emit: '1,2' }],
    [{ a: '1', b: '2', c: '3' }, { A: '1' }, { a: 1 }, [], '']],
  ['networks', NETWORKS, 0, 2,
    [[], [{ ssid: 'a' }, { ssid: 'b', password: '12345678' }], [{ ssid: 'a', password: '' }]],
    [{}, [{}], ['a'], [{ ssid: '' }], [{ ssid: 'a', password: 'short' }], [{ ssid: 'x'.repeat(32) }], [null]]],
  ['what a ring does during a ring', DURING, 0, 0, ['refuse', 'queue', 'restart'], ['', 'stop', 1, null, ['queue']]],
];

for (const [name, kind, min, max, good, bad] of cases) {
  test(`${name} is what the words say it must be: ${allowed(kind, min, max)}`, () => {
    for (const value of good) assert.ok(fits(kind, value, min, max), JSON.stringify(value));
    for (const value of bad) assert.ok(!fits(kind, value, min, max), JSON.stringify(value));
  });
}

test('anything at all is checked without an error', () => {
  fc.assert(fc.property(fc.integer({ min: -1, max: 12 }), fc.anything(), (kind, value) => {
    assert.equal(typeof fits(kind, value, 0, 5), 'boolean');
  }));
});
