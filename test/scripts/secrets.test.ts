import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { command as ring } from '../../scripts/commands/ring.ts';
import { command as watch } from '../../scripts/commands/watch.ts';
import type { Failure } from '../../scripts/lib/failure.ts';
import { root } from '../../scripts/lib/paths.ts';
import { FakeIo, startBroker } from './host.ts';

const SECRET = 's3cret-word';

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.[jt]s$/.test(file)).map((file) => join(folder, file));
}

test('no command hands a password to another program', () => {
  const starters = ['scripts', 'workshop'].flatMap(sources).filter((file) => {
    return readFileSync(join(root, file), 'utf8').includes("'node:child_process'") && !file.includes('bench');
  });
  // What they start: a build, the compiler of the espruino package, tests, and Espruino for Linux, with one line or
  // with a file of settings.
  assert.deepEqual(starters.sort(), [
    'scripts/lib/build-apart.ts', 'scripts/lib/espruino-tools.ts', 'scripts/lib/interpreter.ts',
    'scripts/lib/prove-interpreter.ts', 'scripts/test.js',
  ]);
  for (const file of starters) assert.doesNotMatch(readFileSync(join(root, file), 'utf8'), /password|settings/i, file);
});

test('an address with a password is never repeated, whatever goes wrong', async (t) => {
  const broker = await startBroker({ username: 'bell', password: 'another' });
  t.after(() => broker.close());
  const { port } = new URL(broker.url);
  const wrong = [
    `mqtt://bell:${SECRET}@127.0.0.1:${port}`, `mqtt://bell:${SECRET}@127.0.0.1:9`, `http://bell:${SECRET}@host`,
    `mqtt://bell:${SECRET}@:`, `mqtt://bell:${SECRET}@host:70000`,
  ];
  for (const url of wrong) {
    for (const [command, words] of [[ring, ['front']], [watch, []]] as const) {
      for (const json of [false, true]) {
        const io = new FakeIo();
        const said = await command.run({ broker: url, json }, [...words], io).then(String, (e: Failure) => e.sentence);
        assert.ok(!`${said}${io.stdout}${io.stderr}`.includes(SECRET), said);
      }
    }
  }
});

test('a password from the environment is used and not shown', async (t) => {
  const broker = await startBroker({ username: 'bell', password: SECRET });
  t.after(() => broker.close());
  const io = new FakeIo({ BELL_PASSWORD: SECRET });
  const url = broker.url.replace('//', '//bell@');
  // It is let in: what it misses is a bell.
  await assert.rejects(ring.run({ broker: url, timeout: '0' }, ['front'], io), /Nobody called "front" answered/);
  assert.ok(!`${io.stdout}${io.stderr}`.includes(SECRET));
});
