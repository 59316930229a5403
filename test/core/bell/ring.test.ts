import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { newRing, parsePattern, readRing, STOP } from '../../../firmware/core/bell/ring.ts';

const PATTERNS: Record<string, string> = { door: '100,100,100', broken: '9000', loop: 'door' };

/** Reads a payload for a bell whose default is `200` and whose longest stroke is 1000 ms. */
function read(payload: string, standard = '200') {
  const named = (name: string) => (Object.hasOwn(PATTERNS, name) ? PATTERNS[name]! : '');
  const ring = newRing();
  return readRing(ring, payload, standard, named, 1000) || ring;
}

/** The pattern that a payload rings, or why it rings none. */
function patternOf(payload: string, standard?: string): string {
  const ring = read(payload, standard);
  return typeof ring === 'string' ? ring : ring.pattern.join();
}

/** One test for each payload of a table. */
function table(rows: Record<string, string>, check: (payload: string, expected: string) => void): void {
  Object.entries(rows).forEach(([payload, expected]) => {
    test(`reads ${JSON.stringify(payload)} as ${expected}`, () => check(payload, expected));
  });
}

table({
  '': '200', ' \r\n': '200', '1': '200', 'ring': '200', 'Ring': '200', 'PRESS': '200', 'press': '200', 'ON': '200',
  'on\n': '200',
  '150': '150', ' 150 ': '150', '0150': '150', '1000': '1000', '2': '2',
  '100,50,100': '100,50,100', '100, 50, 100': '100,50,100', '100,50': '100,50', '1,1,1': '1,1,1',
  '100,10000,100': '100,10000,100',
  'door': '100,100,100', ' door\n': '100,100,100',
  '{}': '200', ' {"pattern":"1"}': '200', '{"pattern":""}': '200', '{"pattern":1}': '200',
  '{"pattern":150}': '150', '{"pattern":"150"}': '150', '{"pattern":"100,50,100"}': '100,50,100',
  '{"pattern":[100,50,100]}': '100,50,100', '{"pattern":"door"}': '100,100,100', '{"other":true}': '200',
}, (payload, expected) => assert.equal(patternOf(payload), expected));

table({
  '0': STOP, 'OFF': STOP, 'off': STOP, ' off\n': STOP, '{"pattern":0}': STOP, '{"pattern":"OFF"}': STOP,
}, (payload) => assert.equal(read(payload), STOP));

const NO_NUMBERS = 'a pattern is whole numbers of ms with commas: on,off,on';
const NO_NAME = 'no pattern has this name';
const NO_TIMES = 'times must be a whole number from 1 to 50';
const NO_GAP = 'gap must be a whole number from 1 to 10000 ms';
const NO_TTL = 'ttl must be a whole number from 1 to 86400 s';
const NO_AT = 'at must be Unix time in s';
const NO_ID = 'id may have at most 64 characters, all of them ASCII';
const NESTED = 'nested too deep';

table({
  '1001': 'a stroke may last at most 1000 ms',
  '100,100,1001': 'a stroke may last at most 1000 ms',
  '100,10001,100': 'a rest may last at most 10000 ms',
  '00': NO_NUMBERS, '100,0,100': NO_NUMBERS, '100,,100': NO_NUMBERS, '100,': NO_NUMBERS, '1.5': NO_NUMBERS,
  '1e2': NO_NUMBERS, '100 50': NO_NUMBERS,
  '99999999999999999999': 'a stroke may last at most 1000 ms',
  '{"pattern":[100,null,100]}': NO_NUMBERS,
  'nobody': NO_NAME, '-5': NO_NAME, ',100': NO_NAME, 'toString': NO_NAME, '__proto__': NO_NAME, 'Door': NO_NAME,
  '[100,50]': NO_NAME, '"200"': NO_NAME, 'true': NO_NAME, '{"pattern":true}': NO_NAME, '{"pattern":null}': NO_NAME,
  'broken': 'a stroke may last at most 1000 ms', 'loop': NO_NUMBERS,
  '{': 'not valid JSON', '{pattern:200}': 'not valid JSON', '{"pattern":200': 'not valid JSON',
  '{"pattern":{"a":1}}': NESTED, '{"pattern":[[1]]}': NESTED, '{"a":[1],"b":[2]}': NESTED, '{"id":"{"}': NESTED,
  '{"times":0}': NO_TIMES, '{"times":51}': NO_TIMES, '{"times":1.5}': NO_TIMES, '{"times":"2"}': NO_TIMES,
  '{"times":null}': NO_TIMES,
  '{"gap":0}': NO_GAP, '{"gap":10001}': NO_GAP, '{"gap":-1}': NO_GAP,
  '{"ttl":0}': NO_TTL, '{"ttl":86401}': NO_TTL, '{"ttl":true}': NO_TTL,
  '{"at":"2026-11-22"}': NO_AT, '{"at":null}': NO_AT,
  '{"id":"\u00e9"}': NO_ID, '{"id":"a\\nb"}': NO_ID,
}, (payload, expected) => assert.equal(read(payload), expected));

test('takes 31 numbers and not 32', () => {
  assert.equal(patternOf(Array(31).fill('10').join()), Array(31).fill('10').join());
  assert.equal(patternOf(Array(32).fill('10').join()), 'a pattern has at most 31 numbers');
});

test('takes a ring of 60 s in all and not a millisecond more', () => {
  const long = (gap: number) => JSON.stringify({ pattern: '1000,9000,1000', times: 3, gap });
  assert.equal(patternOf(long(10_000)), '1000,9000,1000');
  assert.equal(patternOf('{"pattern":"1000","times":6,"gap":10000}'), '1000');
  assert.equal(patternOf('{"pattern":"1000,3000,1000","times":6,"gap":6000}'), '1000,3000,1000');
  assert.equal(patternOf('{"pattern":"1000,3001,1000","times":6,"gap":6000}'), 'a ring may last at most 60000 ms');
});

test('takes an id of 64 characters and not of 65', () => {
  assert.equal(patternOf(`{"id":"${'x'.repeat(64)}"}`), '200');
  assert.equal(patternOf(`{"id":"${'x'.repeat(65)}"}`), NO_ID);
});

test('takes no apart what is too long for the memory of a chip', () => {
  assert.equal(patternOf(','.repeat(250)), NO_NAME);
  assert.equal(patternOf('1' + ','.repeat(250)), 'a pattern may have at most 248 characters');
  assert.equal(patternOf(`{"pattern":[${'1,'.repeat(300)}1]}`), 'a ring may have at most 512 bytes');
});

test('hands on what the sender says of a ring', () => {
  const payload = '{"pattern":"100","times":3,"gap":500,"id":"a-1","at":1790000000.5,"ttl":60}';
  assert.deepEqual(read(payload), { pattern: [100], times: 3, gap: 500, id: 'a-1', at: 1790000000.5, ttl: 60 });
});

test('has a default for all that is not said', () => {
  assert.deepEqual(read('door'), { pattern: [100, 100, 100], times: 1, gap: 300, id: '', at: 0, ttl: 0 });
});

test('takes a number for an id', () => {
  const ring = read('{"id":7}');
  assert.equal(typeof ring === 'string' ? ring : ring.id, '7');
});

test('rings the default by its name', () => {
  assert.equal(patternOf('ring', 'door'), '100,100,100');
  assert.equal(patternOf('', 'nobody'), NO_NAME);
});

test('never throws, and gives nothing outside the limits, whatever arrives', () => {
  const field = fc.oneof(fc.jsonValue(), fc.integer(), fc.string(), fc.constantFrom('door', 'OFF', '1,2,3'));
  const fields = fc.record(
    { pattern: field, times: field, gap: field, id: field, at: field, ttl: field }, { requiredKeys: [] },
  );
  const numbers = fc.array(fc.nat(2000), { maxLength: 40 }).map((list) => list.join());
  const bytes = fc.string({ unit: 'binary', maxLength: 600 });
  const payload = fc.oneof(bytes, numbers, fc.json(), fields.map((value) => JSON.stringify(value)));
  fc.assert(fc.property(payload, (text) => {
    const ring = read(text);
    if (typeof ring === 'string') return;
    assert.ok(ring.pattern.length >= 1 && ring.pattern.length <= 31);
    ring.pattern.forEach((ms, i) => assert.ok(Number.isInteger(ms) && ms >= 1 && ms <= (i & 1 ? 10_000 : 1000)));
    assert.ok(ring.times >= 1 && ring.times <= 50 && ring.id.length <= 64);
  }), { numRuns: 3000 });
});

test('reads back every pattern that it may have been sent', () => {
  const pattern = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 31 });
  fc.assert(fc.property(pattern, (numbers) => assert.deepEqual(parsePattern(numbers.join(), 1000), numbers)));
});
