import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { REMOTE, rules } from '../../../firmware/core/config.ts';
import type { Settings } from '../../../firmware/core/config.ts';
import { fits } from '../../../firmware/core/settings/check.ts';
import { given } from '../../../firmware/core/settings/fill.ts';
import { isDeep, isLong } from '../../../firmware/core/settings/patch.ts';
import { change, limits, settings } from '../../support/settings.ts';

/** Settings after a patch, or the reason why it is refused. */
function apply(text: string, before = settings('{"id":"front","mqtt":{"host":"h"}}')): Settings | string {
  return change(before, text) || before;
}

/** The reason why a patch is refused. */
function refused(text: string): string {
  const result = apply(text);
  assert.ok(typeof result === 'string', 'was applied: ' + text);
  return result;
}

test('a patch changes what it names and nothing else', () => {
  const result = apply('{"muted":true,"ring":{"ttl":60}}');
  assert.deepEqual(result, settings('{"id":"front","mqtt":{"host":"h"},"muted":true,"ring":{"ttl":60}}'));
});

test('lists and patterns are replaced whole', () => {
  const before = settings('{"groups":["a","b"],"ring":{"patterns":{"x":"1"}}}');
  const result = apply('{"groups":["c"],"ring":{"patterns":{"on":"2"}}}', before);
  assert.deepEqual(result, settings('{"groups":["c"],"ring":{"patterns":{"on":"2"}}}'));
});

test('a value out of its limits is refused with the limits', () => {
  assert.equal(refused('{"ring":{"ttl":0}}'), 'ring.ttl must be a whole number from 1 to 86400');
  assert.equal(refused('{"muted":"yes"}'), 'muted must be true or false');
});

test('the guard of the relay is refused: no message may widen it', () => {
  for (const name of ['strokeMs', 'heatMs', 'windowS', 'lockoutMs']) {
    assert.equal(refused(`{"guard":{"${name}":100}}`), `guard.${name} cannot be changed remotely`);
  }
});

test('network, broker, id and prefix are refused by name', () => {
  for (const [text, path] of [
    ['{"wifi":[]}', 'wifi'], ['{"mqtt":{"host":"evil"}}', 'mqtt.host'], ['{"mqtt":{"password":"p"}}', 'mqtt.password'],
    ['{"id":"x"}', 'id'], ['{"prefix":"x"}', 'prefix'],
  ]) assert.equal(refused(text!), `${path} cannot be changed remotely`);
});

test('a field that is no setting is refused by name', () => {
  for (const [text, path] of [
    ['{"volume":3}', 'volume'], ['{"ring":{"tll":3}}', 'ring.tll'], ['{"ring":7}', 'ring'],
    ['{"version":2}', 'version'],
    ['{"led|muted":true}', 'led|muted'], ['{"ring":{"on":1}}', 'ring.on'], ['{"muted":true,"emit":1}', 'emit'],
  ]) assert.equal(refused(text!), `there is no setting ${path}`);
});

test('a refused patch changes nothing, not even what was right in it', () => {
  const before = settings();
  change(before, '{"muted":true,"ring":{"ttl":0}}');
  assert.deepEqual(before, settings());
});

test('a reason never says the value', () => {
  for (const text of ['{"ring":{"pattern":"s3cret!"}}', '{"mqtt":{"password":"s3cret!"}}', '{"s3":"s3cret!"}']) {
    assert.doesNotMatch(refused(text), /s3cret/);
  }
});

test('a long name in a reason is cut', () => assert.ok(refused(`{"${'x'.repeat(5000)}":1}`).length < 80));

test('what is not an object is refused', () => {
  for (const text of ['', 'x', '[]', '[1]', '5', 'null', '"muted"', '{', '{"muted":']) {
    assert.match(refused(text), /JSON object/);
  }
});

test('a patch that only wants to overflow the stack is refused before it is parsed', () => {
  assert.match(refused('['.repeat(900)), /JSON object/);
  assert.match(refused('{"a":'.repeat(900)), /JSON object/);
  assert.ok(!isDeep('[[{}]]', 3) && isDeep('[[{}]]', 2));
});

test('a patch that only wants to use up the memory is refused before it is parsed', () => {
  for (const value of ['', '0', '"",', '"a",', "'\"',", '/*"*/0,', '"\\"",', '`"`,', '[],']) {
    const text = `{"groups":[${`${value},`.repeat(300)}`.slice(0, 962) + ']}';
    assert.equal(refused(text), 'a patch has at most 60 commas outside of texts: send several', value);
  }
  assert.ok(isLong('[1,2,3]', 1) && !isLong('[1,2,3]', 2) && !isLong('["1,2,3",1,"2,3"]', 2));
});

test('all that may be changed remotely may be changed in one patch', () => {
  const names = Array.from({ length: 8 }, (_, i) => `n${i}`);
  const patterns = Object.fromEntries(names.map((name) => [name, '1,'.repeat(30) + '1']));
  const patch: Record<string, unknown> = {};
  rules((section, name, _kind, byDefault, _min, _max, flags) => {
    if (!(flags & REMOTE)) return;
    const value = name === 'patterns' ? patterns : Array.isArray(byDefault) ? names : byDefault;
    if (section) patch[section] = { ...patch[section] as object, [name]: value };
    else patch[name] = value;
  }, limits);
  assert.equal(typeof apply(JSON.stringify(patch)), 'object');
});

test('whatever arrives, nothing throws, every limit holds, and only what may change changes', () => {
  const key = fc.constantFrom('ring', 'guard', 'mqtt', 'id', 'muted', 'led', 'groups', 'ttl', 'pattern', 'on', 'wifi');
  const likely = fc.dictionary(key, fc.oneof(fc.jsonValue(), fc.dictionary(key, fc.jsonValue())));
  const patch = fc.oneof(fc.string(), fc.json(), likely.map((value) => JSON.stringify(value)));
  fc.assert(fc.property(patch, (text) => {
    const result = apply(text);
    if (typeof result === 'string') return;
    const before = settings('{"id":"front","mqtt":{"host":"h"}}');
    rules((section, name, kind, _default, min, max, flags) => {
      const value = given(result, section, name);
      assert.ok(fits(kind, value, min, max));
      if (!(flags & REMOTE)) assert.deepEqual(value, given(before, section, name));
    }, limits);
  }), { numRuns: 300 });
});
