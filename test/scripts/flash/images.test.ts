import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { interpreters, type Interpreter } from '../../../boards/interpreters.ts';
import type { Failure } from '../../../scripts/lib/failure.ts';
import { cacheFolder } from '../../../scripts/lib/flash/cache.ts';
import { obtainImages, type ImageSource } from '../../../scripts/lib/flash/images.ts';

const scratch = mkdtempSync(join(tmpdir(), 'bell-images-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

const esp32 = interpreters.find(({ id }) => id === 'esp32')!;
let count = 0;

/** A new cache, and a network that has the parts of a release and counts what is asked of it. */
function world(content: (file: string) => Response = (file) => new Response(`\xe9${file}`)) {
  const asked: string[] = [];
  const questions: string[] = [];
  const source = {
    cache: join(scratch, `cache${count++}`),
    consent: (question: string) => {
      questions.push(question);
      return Promise.resolve(true);
    },
    fetch: ((url: string) => {
      asked.push(url);
      return Promise.resolve(content(url.split('/').at(-1)!));
    }) as unknown as typeof fetch,
  } satisfies ImageSource;
  return { source, asked, questions };
}

async function refusal(work: Promise<unknown>): Promise<string> {
  return work.then(() => assert.fail('went well'), (error: Failure) => error.sentence);
}

function release({ folder, parts }: Interpreter, inside: boolean): string {
  const root = join(scratch, `release${count++}`);
  const target = inside ? join(root, folder) : root;
  mkdirSync(target, { recursive: true });
  for (const { file } of parts) writeFileSync(join(target, file), `\xe9${file}`, 'latin1');
  return root;
}

test('a download is asked for, checked, kept, and not repeated', async () => {
  const { source, asked, questions } = world();
  const first = await obtainImages(esp32, source);
  assert.equal(first.from, 'network');
  assert.deepEqual(questions, [
    'Download 3 files of Espruino 2v29 from https://www.espruino.com/binaries/espruino_2v29_esp32?',
  ]);
  const second = await obtainImages(esp32, source);
  assert.equal(second.from, 'cache');
  assert.equal(asked.length, 3);
  for (const [part, content] of first.files) {
    assert.deepEqual(Buffer.from(second.files.get(part)!), Buffer.from(content));
  }
});

test('nothing is downloaded without a yes', async () => {
  const { source, asked } = world();
  const said = await refusal(obtainImages(esp32, { ...source, consent: () => Promise.resolve(false) }));
  assert.match(said, /Add --yes to download it, or --images/);
  assert.deepEqual(asked, []);
});

test('a directory serves without a network, as the whole release or as one folder', async () => {
  const { source, asked } = world();
  for (const inside of [true, false]) {
    const images = await obtainImages(esp32, { ...source, directory: release(esp32, inside) });
    assert.equal(images.from, 'directory');
    assert.equal(images.files.size, 3);
  }
  assert.deepEqual(asked, []);
});

test('what a directory lacks is named', async () => {
  const directory = release(esp32, false);
  rmSync(join(directory, 'bootloader.bin'));
  const said = await refusal(obtainImages(esp32, { ...world().source, directory }));
  assert.match(said, /lacks bootloader\.bin\. They are in espruino_2v29_esp32 of the release/);
});

test('a hash that nobody has published is pinned at first and shown', async () => {
  const { source } = world();
  const { pinned } = await obtainImages(esp32, source);
  assert.deepEqual(pinned.map(({ file }) => file), esp32.parts.map(({ file }) => `${esp32.folder}/${file}`));
  assert.match(pinned[0]!.sha256, /^[0-9a-f]{64}$/);
  assert.deepEqual((await obtainImages(esp32, source)).pinned, []);
});

test('a file that differs from its pin is refused, wherever it comes from, and the pin stays', async () => {
  const { source } = world();
  await obtainImages(esp32, source);
  const pins = readFileSync(join(source.cache, 'pins.json'));
  const directory = release(esp32, false);
  writeFileSync(join(directory, 'espruino_esp32.bin'), '\xe9another', 'latin1');
  const said = await refusal(obtainImages(esp32, { ...source, directory }));
  assert.match(said, /is not the file it should be.*pins\.json/);
  writeFileSync(join(source.cache, esp32.folder, 'bootloader.bin'), '\xe9damaged', 'latin1');
  assert.match(await refusal(obtainImages(esp32, source)), /bootloader\.bin is not the file it should be/);
  assert.deepEqual(readFileSync(join(source.cache, 'pins.json')), pins);
});

test('a hash in the table counts more than a pin', async () => {
  const strict = { ...esp32, parts: esp32.parts.map((part) => ({ ...part, sha256: '0'.repeat(64) })) };
  const said = await refusal(obtainImages(strict, world().source));
  assert.match(said, /not 0{64}\. Get it again from its source/);
});

test('pins that cannot be read are no reason to trust the next file', async () => {
  const { source } = world();
  mkdirSync(source.cache, { recursive: true });
  writeFileSync(join(source.cache, 'pins.json'), '{"');
  assert.match(await refusal(obtainImages(esp32, source)), /pins\.json cannot be read/);
});

test('a page to log in to is not taken for an image, nor a build that is too large', async () => {
  const page = world(() => new Response('<!doctype html>'));
  assert.match(await refusal(obtainImages(esp32, page.source)), /is no image/);
  const large = world(() => new Response(new Uint8Array(0x8000).fill(0xe9)));
  assert.match(await refusal(obtainImages(esp32, large.source)), /room for 28672/);
});

test('a server that has no such file, and none at all, are told apart', async () => {
  const { source } = world(() => new Response('', { status: 404 }));
  assert.match(await refusal(obtainImages(esp32, source)), /cannot be downloaded \(answer 404\).*--images/);
  const error = new TypeError('fetch failed', { cause: new Error('no DNS') });
  const said = await refusal(obtainImages(esp32, { ...source, fetch: () => Promise.reject(error) }));
  assert.match(said, /\(no DNS\)/);
});

test('each system has its place for what was fetched', () => {
  assert.equal(cacheFolder({ env: { BELL_CACHE: '/x' } }), '/x');
  assert.match(cacheFolder({ env: {} }, 'linux'), /\.cache.mqtt-bell$/);
  assert.match(cacheFolder({ env: {} }, 'darwin'), /Library.Caches.mqtt-bell$/);
  assert.match(cacheFolder({ env: { LOCALAPPDATA: 'C:\\L' } }, 'win32'), /^C:\\L.mqtt-bell$/);
});
