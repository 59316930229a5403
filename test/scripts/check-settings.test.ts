import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import d1Mini from '../../boards/d1-mini.ts';
import esp32 from '../../boards/esp32-devkit.ts';
import linux from '../../boards/linux.ts';
import type { Board } from '../../boards/board.ts';
import { checkSettings } from '../../scripts/lib/check-settings.ts';
import type { SettingsError } from '../../scripts/lib/check-settings.ts';

const WIFI = '"wifi":[{"ssid":"school","password":"correct horse"}]';

function errors(text: string, board?: Board): readonly SettingsError[] {
  const result = checkSettings(text, board);
  assert.ok('errors' in result, 'was accepted: ' + text);
  return result.errors;
}

/** The only thing that is wrong with settings for a D1 mini that have these members besides network and broker. */
function wrong(members: string, board: Board = d1Mini): SettingsError {
  const broker = members.includes('"mqtt"') ? '' : '"mqtt":{"host":"h"},';
  const found = errors(`{${members.includes('"wifi"') ? '' : WIFI + ','}${broker}\n${members}}`, board);
  assert.equal(found.length, 1, JSON.stringify(found));
  return found[0]!;
}

test('the least that a board needs is completed with defaults', () => {
  const result = checkSettings(`{${WIFI},"mqtt":{"host":"192.168.1.2"}}`, d1Mini);
  assert.ok('settings' in result);
  assert.deepEqual([result.settings.version, result.settings.prefix, result.settings.mqtt.port], [1, 'bell', 1883]);
});

test('what is wrong is told with its line, its place, the value and what is allowed', () => {
  assert.deepEqual(errors(`{\n ${WIFI},\n "mqtt": {\n  "host": "h",\n  "port": "1883"\n }\n}`, d1Mini), [{
    line: 5, path: 'mqtt.port', value: '1883', message: 'must be a whole number from 1 to 65535; without quotes',
  }]);
});

test('everything that is wrong is told at once, in the order of the file', () => {
  const text = '{\n"muted": 1,\n"groups": ["ok", "Not"],\n"wifi": [{"ssid": "a"}, {"ssid": ""}],\n"mqtt":{}, "led":0}';
  assert.deepEqual(errors(text).map(({ line, path }) => [line, path]), [
    [2, 'muted'], [3, 'groups[1]'], [4, 'wifi[1]'], [5, 'led'],
  ]);
});

test('a secret is never repeated', () => {
  for (const text of [
    '{"mqtt":{"host":"h","password":["s3cret"],"username":["s3cret"]}}',
    '{"wifi":[{"ssid":"a","password":"s3cret"}]}',
    '{"mqtt":{"host":"h"},"update":{"key":"s3cret"}}', '{"update":"s3cret"}',
    '{"mqtt":{"pasword":"s3cret"}}', '{"wifi":{"password":"s3cret"}}',
    '{"ssid":"a","password":"s3cret","host":5}',
    '{"wifi":[{"ssid":"a","password":"s3cret"}', "{'password':'s3cret'}", '{"password":"s3cret',
  ]) assert.doesNotMatch(JSON.stringify(errors(text)), /s3cret/);
});

test('a name that means nothing is told with the one that was meant', () => {
  assert.equal(wrong('"prefx":"bell"').message, 'there is no such setting; did you mean prefix?');
  assert.equal(wrong('"ring":{"tll":5}').message, 'there is no such setting; did you mean ring.ttl?');
  assert.equal(wrong('"strokeMs":5').message, 'there is no such setting; did you mean guard.strokeMs?');
  assert.equal(wrong('"colour":5').message, 'there is no such setting');
});

const refused: [members: string, path: string, message: RegExp][] = [
  ['"mqtt":{}', 'mqtt.host', /is missing/],
  ['"wifi":[],"mqtt":{"host":"h"}', 'wifi', /is missing/],
  ['"wifi":[{"ssid":"éééééééééééééééé"}]', 'wifi[0]', /1 to 31 bytes/],
  ['"mqtt":{"host":"mqtt://h"}', 'mqtt.host', /take the protocol away/],
  ['"mqtt":{"host":"h","tls":true}', 'mqtt.tls', /no TLS/],
  ['"mqtt":{"host":"h","password":"p"}', 'mqtt.password', /needs mqtt.username/],
  [`"mqtt":{"host":"h","username":"u","password":"${'x'.repeat(1025)}"}`, 'mqtt.password', /1024 bytes on d1-mini/],
  ['"guard":{"strokeMs":2000}', 'guard.strokeMs', /10 to 1500 \(what d1-mini can end/],
  ['"guard":7', 'guard', /must be an object/],
  ['"ring":{"pattern":"door"}', 'ring.pattern', /no pattern "door"/],
  ['"ring":{"pattern":"1200"}', 'ring.pattern', /at most 1000 ms/],
  ['"ring":{"patterns":{"door":"5000"}}', 'ring.patterns.door', /at most 1000 ms/],
  ['"ring":{"patterns":{"on":"50"}}', 'ring.patterns', /mean something else/],
  ['"button":{"pattern":"x"}', 'button.pattern', /no pattern "x"/],
  ['"ring":{"needsAt":1}', 'ring.needsAt', /must be true or false/],
  ['"ring":{"needsAt":true}', 'time.server', /is missing: without a clock, ring.needsAt refuses every ring/],
  ['"guard":{"heatMs":10001,"windowS":10}', 'guard.heatMs', /is more than guard.windowS has: at most 10000/],
  ['"id":"all"', 'id', /every device/],
  ['"groups":["all"]', 'groups', /every device/],
  ['"mqtt":{"host":"h"},"update":{"key":"ab"}', 'update.key', /must be 64 of 0-9 and a-f/],
  ['"mqtt":{"host":"h"},"portal":{"password":"seven77"}', 'portal.password', /must be 8 to 63 ASCII/],
  [`"mqtt":{"host":"h"},"update":{"key":"${'AB'.repeat(32)}"}`, 'update.key', /must be 64 of 0-9 and a-f/],
  ['"version":2', 'version', /another version/],
  ['"led":true,"led":false', 'led', /given twice/],
];
for (const [members, path, message] of refused) {
  test(`${members.slice(0, 50)} is refused at ${path}`, () => {
    const error = wrong(members);
    assert.equal(error.path, path);
    assert.match(error.message, message);
  });
}

test('what one board cannot do another can', () => {
  const text = `{${WIFI},"mqtt":{"host":"h","tls":true,"username":"u","password":"${'x'.repeat(4096)}"}}`;
  assert.ok('settings' in checkSettings(text, esp32));
  assert.ok('settings' in checkSettings('{"mqtt":{"host":"h"}}', linux));
});

const broken: [text: string, line: number, message: RegExp][] = [
  ['', 1, /ends too early/],
  ['{\n"id": "front"\n"muted": true}', 3, /a comma or }/],
  ['{"id": "front",\n}', 2, /the comma before }/],
  ["{'id': 1}", 1, /double quotes/],
  ['{\n// mine\n}', 2, /no comments/],
  ['{"id": "a\n"}', 1, /no closing quote/],
  ['{"id": front}', 1, /a value was expected/],
  ['{"statsS": 0x10}', 1, /a value was expected/],
  ['{"id": "\\x"}', 1, /backslash/],
  ['{} {}', 1, /nothing may follow/],
  ['[]', 1, /one object/],
  ['['.repeat(10_000), 1, /too deeply/],
];
for (const [text, line, message] of broken) {
  test(`${JSON.stringify(text.slice(0, 30))} is no JSON, and the line is told`, () => {
    const [error] = errors(text);
    assert.equal(error!.line, line);
    assert.match(error!.message, message);
  });
}

test('the settings of the first sketch are migrated', () => {
  const result = checkSettings('{"ssid":"school","password":"correct horse","host":"h"}', d1Mini);
  assert.ok('settings' in result);
  assert.deepEqual([result.settings.wifi[0]!.ssid, result.settings.mqtt.host], ['school', 'h']);
});

test('texts stay Unicode', () => {
  const result = checkSettings('{"wifi":[{"ssid":"café"}],"mqtt":{"host":"h"}}', d1Mini);
  assert.equal('settings' in result && result.settings.wifi[0]!.ssid, 'café');
});

test('any text at all is accepted or refused with a line', () => {
  fc.assert(fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
    for (const { line } of errors(text)) assert.ok(line >= 1);
  }));
});
