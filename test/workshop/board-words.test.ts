import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Failure } from '../../scripts/lib/failure.ts';
import { root } from '../../scripts/lib/paths.ts';
import { failureInWords, inPageWords } from '../../workshop/page/board/words.ts';
import { failed, flashed, IDLE, speedOf } from '../../workshop/page/board/state.ts';

/** Where the shared code says something to a person; the rest of these folders is the command's alone. */
const SHARED = [
  'flash/board-choice', 'flash/connect-rom', 'flash/connect-story', 'flash/image-content', 'flash/port-failure',
  'flash/rom-loader', 'flash/images', 'flash/pins', 'flash/steps', 'flash/storage-plan', 'flash/write-regions',
  'flash/online', 'mqtt-host', 'console/console', 'console/device-info', 'console/provision', 'doctor/examine-port',
  'doctor/running-device', 'doctor/wifi-story', 'doctor/interpreter-story', 'doctor/loader-finding',
  'doctor/storage-finding',
];

test('no sentence that the page shows tells a person to type an option or a command', () => {
  let changed = 0;
  for (const name of SHARED) {
    const text = readFileSync(join(root, 'scripts', 'lib', `${name}.ts`), 'utf8');
    const sentences = text.replace(/' \+\s+'/g, '').match(/'[^'\n]*'|`[^`\n]*`/g) ?? [];
    for (const sentence of sentences) {
      if (inPageWords(sentence) !== sentence) changed++;
      assert.doesNotMatch(inPageWords(sentence), / --[a-z]|npx/, name);
    }
  }
  assert.ok(changed > 10, 'there are such sentences in the shared code');
});

test('what the page runs of the shared code is in the list above', () => {
  const page = join(root, 'workshop', 'page', 'board');
  const imported = readdirSync(page).flatMap((file) => {
    const text = readFileSync(join(page, file), 'utf8');
    return [...text.matchAll(/^import \{[^}]*\} from '.*scripts\/lib\/(.*)\.ts'/gm)].map(([, name = '']) => name);
  });
  const silent = [
    'failure', 'check-settings', 'json-lines', 'put-settings', 'flash/id-of', 'flash/usb-names',
    'flash/portal-password', 'flash/with-portal', 'console/device-settings',
  ];
  assert.deepEqual([...new Set(imported)].filter((name) => !SHARED.includes(name) && !silent.includes(name)), []);
});

test('a failure is a sentence with its cure, and a fault of ours says so', () => {
  const unplugged = failureInWords(new Failure('The device was unplugged', 'Give the same command again.'));
  assert.deepEqual(unplugged, { text: 'The device was unplugged.', cure: 'Begin again.' });
  assert.match(failureInWords(new TypeError('x is undefined')).text, /^Something went wrong: x is undefined\.$/);
});

test('a step tells how far it is, how fast, and whether anything had to be done', () => {
  const at = (share: number, now: number) => (state: typeof IDLE) => {
    return flashed(state, { type: 'writing', step: 'firmware', share, total: 204_800, name: 'a' }, now);
  };
  const half = at(0.5, 3000)(at(0, 1000)(IDLE));
  assert.equal(speedOf(half.steps.firmware!.bar!), '50 KB/s');
  assert.equal(speedOf(at(0, 1000)(IDLE).steps.firmware!.bar!), '');
  const done = flashed(half, { type: 'written', step: 'firmware', bytes: 0 }, 4000);
  assert.deepEqual(done.steps.firmware, { state: 'skipped', text: 'Right already, skipped.' });
  assert.equal(failed(half, new Error('x')).steps.firmware?.state, 'mind');
});
