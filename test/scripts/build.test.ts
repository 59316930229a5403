import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import test, { after } from 'node:test';
import { boards, findBoard } from '../../boards/index.ts';
import { parseHeader, HEADER } from '../../firmware/core/boot/image.ts';
import { UNIT } from '../../firmware/core/layout.ts';
import { keep } from '../../rollup.config.js';
import { main } from '../../scripts/bell.ts';
import { buildBoard } from '../../scripts/lib/build.ts';
import { explainBuild } from '../../scripts/lib/explain-build.ts';
import type { Failure } from '../../scripts/lib/failure.ts';
import { dist, root, version } from '../../scripts/lib/paths.ts';
import { pretokenise } from '../../scripts/lib/pretokenise.ts';
import type { Sizes } from '../../scripts/lib/sizes.ts';
import { findOffences } from '../../scripts/lib/subset.ts';
import { makeWritable } from '../../scripts/lib/writable-folder.ts';
import { crc } from '../support/crc.ts';
import { FakeIo } from './host.ts';

const out = mkdtempSync(join(tmpdir(), 'bell-build-'));
after(() => rmSync(out, { recursive: true, force: true }));

test('prints sizes as JSON, the same as in sizes.json', async () => {
  const io = new FakeIo();
  assert.equal(await main(['build', '--board', 'linux', '--out', out, '--json'], io), 0);
  assert.deepEqual(JSON.parse(io.stdout), JSON.parse(readFileSync(join(out, 'sizes.json'), 'utf8')));
});

test('makes the same bytes again', async () => {
  const { files } = await buildBoard(findBoard('linux')!);
  for (const [name, content] of Object.entries(files)) {
    assert.ok(Buffer.from(content).equals(readFileSync(join(out, name))), name);
  }
});

test('names the boards there are when there is none of that id', async () => {
  const io = new FakeIo();
  assert.equal(await main(['build', '--board', 'd1'], io), 1);
  const known = boards.map(({ id }) => id).join(', ');
  assert.ok(io.stderr.includes(`There is no board "d1". Known are ${known}.`));
});

test('refuses a board whose relay would click at boot, and names a pin that would not', async () => {
  const board = findBoard('d1-mini')!;
  const relay = { ...board.relay, pin: 'D15' as const };
  await assert.rejects(buildBoard({ ...board, relay }), /D15 has to be low.*D5 is safe/);
});

test('refuses a bundle over the budget', async () => {
  const board = findBoard('d1-mini')!;
  await assert.rejects(buildBoard({ ...board, imageBudget: 10_000 }), /more than the 10000 that it may have/);
});

for (const { id, imageBudget, slotUnits } of boards) {
  test(`dist/ has for ${id} an image of its bundle that the loader would take`, () => {
    const image = readFileSync(join(dist, `${id}.image`), 'latin1');
    const code = image.slice(HEADER);
    assert.equal(code, pretokenise(readFileSync(join(dist, `${id}.js`), 'latin1')));
    const header = parseHeader(image.slice(0, HEADER));
    assert.deepEqual([header?.board, header?.version, header?.size], [id, version(), code.length]);
    assert.equal(header?.crc, crc(code));
    assert.ok(image.length <= Math.min(imageBudget, slotUnits * UNIT));
  });

  test(`what is made for ${id} is in Espruino's language, ends by taking boot away, and knows no other chip`, () => {
    for (const name of [`${id}.js`, `${id}.boot.js`]) {
      assert.deepEqual(findOffences(readFileSync(join(dist, name), 'utf8')), []);
    }
    const app = readFileSync(join(dist, `${id}.js`), 'utf8');
    assert.ok(app.endsWith(';delete global.boot'), app.slice(-80));
    assert.ok(!app.includes('BOARD'));
  });
}

test('sizes.json has every board', () => {
  const sizes = JSON.parse(readFileSync(join(dist, 'sizes.json'), 'utf8')) as Sizes;
  assert.deepEqual(Object.keys(sizes.boards), boards.map(({ id }) => id));
});

test('an ESP8266 carries no TLS', () => {
  assert.doesNotMatch(readFileSync(join(dist, 'd1-mini.js'), 'utf8'), /"tls"\)/);
});

test('every function that is kept by name is still there', () => {
  const files = readdirSync(join(root, 'firmware'), { recursive: true, encoding: 'utf8' });
  const scripts = files.filter((file) => file.endsWith('.ts'));
  const sources = scripts.map((file) => readFileSync(join(root, 'firmware', file), 'utf8'));
  const gone = Object.keys(keep).filter((name) => {
    // A member of an object that is taken apart becomes a function of its own.
    const made = new RegExp(`(function|const|let) ${name}\\b|\\b${name}: \\([^)]*\\) => {`);
    return !sources.some((source) => made.test(source));
  });
  assert.deepEqual(gone, []);
});

test('a place where nothing can be written is refused before anything is built', async () => {
  const file = join(out, 'a-file');
  writeFileSync(file, '');
  const refusal = async (place: string) => {
    const io = new FakeIo();
    assert.equal(await main(['build', '--out', place], io), 1);
    return io.stderr;
  };
  const why = 'there is a file of this name, or of one on the way to it';
  assert.equal(await refusal(file), `bell: Cannot write to ${file}: ${why}. Name another directory with --out.\n`);
  assert.match(await refusal(join(file, 'below')), /there is a file of this name/);
  if (process.platform === 'linux') assert.match(await refusal('/proc/nope'), /: the system makes nothing there\./);
});

test('a build that is interrupted writes nothing, and says so', async () => {
  const io = new FakeIo();
  const place = join(out, 'interrupted');
  const ended = main(['build', '--board', 'linux', '--out', place], io);
  io.interrupt();
  assert.equal(await ended, 1);
  assert.equal(io.stderr, 'bell: The build was interrupted. Nothing was written.\n');
  assert.deepEqual(readdirSync(place), []);
});

test('directories are made on the way, and nothing is left of the trial', () => {
  const deep = join(out, 'made', 'on', 'the', 'way');
  makeWritable(deep, 'deep', '');
  assert.deepEqual(readdirSync(deep), []);
});

test('an esbuild that was ended from outside is called so', () => {
  const error = Object.assign(new Error('The service was stopped: write EPIPE'), { code: 'PLUGIN_ERROR' });
  const { sentence } = explainBuild(error) as Failure;
  assert.equal(sentence, 'esbuild, which builds, was ended from outside. Start the command again.');
});
