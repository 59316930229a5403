import assert from 'node:assert/strict';
import { test } from 'node:test';
import linux from '../../../boards/linux.ts';
import { checkSettings } from '../../../scripts/lib/check-settings.ts';
import { makeStorage } from '../../../scripts/lib/storage-image.ts';
import { crc } from '../../support/crc.ts';
import { change, shown } from '../../support/settings.ts';
import { buildProgram, runStorage } from '../../support/on-interpreter.ts';
import { optional } from '../../support/optional.ts';

/** Keeps settings as the firmware does, and prints what came of it. Built like the loader, it runs in its place. */
const PROBE = `
import { longestPassword, rules } from '/firmware/core/config.ts';
import { fits } from '/firmware/core/settings/check.ts';
import { SHOWN, withoutSecrets } from '/firmware/core/settings/public.ts';
import { loadPart, patchSettings, takeSettings } from '/firmware/hal/settings.ts';

const patches = [
  '{"muted":true,"ring":{"ttl":60,"patterns":{"on":"100,100,100","emit":"5"}},"groups":["a","b"]}',
  '{"ring":{"ttl":0}}', '{"mqtt":{"host":"evil"}}', '{"ring":{"emit":1}}', '{"on":1}', 'null', '[[[[', '{"led":false,}',
  '{"ring":{"pattern":"100"},"button":{"pattern":"door","rings":["front"]}}', '{"guard":{"strokeMs":1501}}',
];

function show(title) {
  const mqtt = loadPart('mqtt');
  const secrets = mqtt.username + '|' + mqtt.password + '|' + loadPart('wifi').map((network) => network.ssid).join();
  const open = {};
  SHOWN.split(',').forEach((name) => {
    open[name] = withoutSecrets(name, loadPart(name));
  });
  print(title, JSON.stringify(open));
  print('bytes', secrets.length, E.CRC32(secrets));
}

print('import', takeSettings());
show('stored');
patches.forEach((patch) => print('patch', patchSettings(patch)));
show('patched');

require('Storage').write('bell.json', '{"mqtt":{"host":"h","port":"x"}}');
print('import', takeSettings());
require('Storage').write('bell.json', '{"ssid":"school","password":"correct horse","host":"new"}');
print('import', takeSettings(), require('Storage').read('bell.json') === undefined);
show('imported');

let wrong = 0;
rules((_section, _name, kind, byDefault, min, max) => {
  if (!fits(kind, byDefault, min, max)) wrong++;
}, { strokeMs: BOARD.maxStrokeMs, password: longestPassword(BOARD.chip) });
print('wrong defaults', wrong);

let refused = '';
for (let i = 0, server = ''; i < 70; i++, server += 'x') {
  refused += patchSettings('{"time":{"server":"' + server + '"}}');
  if (loadPart('time').server !== server) refused += ' ' + i;
}
print('refused', refused);

function usageAfterPatches() {
  for (let i = 0; i < 20; i++) patchSettings('{"statsS":' + i + '}');
  return process.memory().usage;
}
usageAfterPatches();
// The first figure takes a variable itself while the second is made.
print('leaked', usageAfterPatches() - usageAfterPatches() < -1 ? 1 : 0);
print('done');
`;

const espruino = optional('espruino');

const stored = checkSettings(JSON.stringify({
  id: 'front', wifi: [{ ssid: 'café' }],
  mqtt: { host: 'h', username: 'sésame', password: 'x'.repeat(1000) + '\u0001"\\€' },
}));
assert.ok('settings' in stored);
const { settings } = stored;

/** What the probe prints of the settings' secrets: their length in bytes of UTF-8, and a CRC. */
function secrets(text: string): string {
  const bytes = Buffer.from(text, 'utf8');
  return `bytes ${bytes.length} ${crc(bytes.toString('latin1'))}`;
}

test('settings on the real interpreter are those of the host', { skip: espruino.skip }, async () => {
  const probe = await buildProgram(linux, PROBE);
  const run = runStorage(espruino.path!, await makeStorage(linux, new Uint8Array(), probe, { settings }));
  await run.line(/^done/);
  await run.interpreter.stop();
  const { username, password } = settings.mqtt;
  const printed = (title: string): unknown => {
    return JSON.parse(run.lines.find((line) => line.startsWith(title))!.slice(title.length));
  };

  const storedOpen = shown(structuredClone(settings));
  assert.deepEqual({ ...printed('stored') as object, wifi: 0 }, { ...storedOpen, wifi: 0 });
  assert.equal(run.lines.filter((line) => line === secrets(`${username}|${password}|café`)).length, 2);

  const first = '{"muted":true,"ring":{"ttl":60,"patterns":{"on":"100,100,100","emit":"5"}},"groups":["a","b"]}';
  const last = '{"ring":{"pattern":"100"},"button":{"pattern":"door","rings":["front"]}}';
  const patched = structuredClone(settings);
  for (const patch of [first, last]) assert.equal(change(patched, patch), '');
  // JSON on the interpreter lets a comma too many pass.
  patched.led = false;
  const patchedOpen = shown(structuredClone(patched));
  assert.deepEqual({ ...printed('patched') as object, wifi: 0 }, { ...patchedOpen, wifi: 0 });
  const told = run.lines.filter((line) => /^(patch|import|wrong|refused|leaked)\b/.test(line));
  assert.deepEqual(told.map((line) => line.trim()), [
    'import',
    'patch',
    'patch ring.ttl must be a whole number from 1 to 86400',
    'patch mqtt.host cannot be changed remotely',
    'patch there is no setting ring.emit',
    'patch there is no setting on',
    'patch a patch is a JSON object, such as {"muted": true}',
    'patch a patch is a JSON object, such as {"muted": true}',
    'patch',
    'patch',
    'patch guard.strokeMs cannot be changed remotely',
    'import bell.json: mqtt.port must be a whole number from 1 to 65535',
    'import  true',
    'wrong defaults 0',
    'refused',
    'leaked 0',
  ]);
  assert.equal((printed('imported') as typeof settings).mqtt.host, 'new');
});
