import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { main } from '../../scripts/bell.ts';
import { root, version } from '../../scripts/lib/paths.ts';
import { FakeIo } from './host.ts';

const commands = readdirSync(join(root, 'scripts', 'commands')).map((file) => file.replace('.ts', ''));

async function bell(...words: string[]): Promise<{ code: number; io: FakeIo }> {
  const io = new FakeIo();
  return { code: await main(words, io), io };
}

test('lists every command with --help, and without a word', async () => {
  const { io } = await bell('--help');
  for (const name of commands) assert.match(io.stdout, new RegExp(`^  ${name} +\\w`, 'm'));
  assert.equal((await bell()).io.stdout, io.stdout);
});

for (const name of commands) {
  test(`explains ${name} with --help, in either place`, async () => {
    const { code, io } = await bell(name, '--help');
    assert.equal(code, 0);
    assert.match(io.stdout, new RegExp(`^Usage: bell ${name} `));
    assert.match(io.stdout, /^ +(-h, )?--help/m);
    assert.equal((await bell('help', name)).io.stdout, io.stdout);
  });
}

test('prints the version', async () => {
  assert.equal((await bell('--version')).io.stdout, `${version()}\n`);
});

test('suggests the command that was meant', async () => {
  const { code, io } = await bell('biuld');
  assert.equal(code, 1);
  assert.equal(io.stderr, 'bell: There is no command "biuld". Did you mean "bell build"?\n');
});

test('points to the list when no command is near', async () => {
  assert.equal((await bell('xyzzy')).io.stderr, 'bell: There is no command "xyzzy". See bell --help for the list.\n');
});

test('names an option that a command does not have', async () => {
  const { code, io } = await bell('build', '--bored', 'x');
  assert.equal(code, 1);
  assert.equal(io.stderr, "bell: Unknown option '--bored'. See bell build --help.\n");
});

test('a word that a command would lose is refused, with what it does take', async () => {
  const refusal = async (...words: string[]) => (await bell(...words)).io.stderr;
  assert.equal(await refusal('workshop', 'extra'),
    'bell: bell workshop takes no word, and here is "extra". It is: bell workshop [options]\n');
  assert.match(await refusal('boards', 'd1-mini', 'nodemcu'), /takes one word at most, and here is "nodemcu"/);
  assert.match(await refusal('boards', 'd1-mini', '--markdown'), /bell boards takes no word, and here is "d1-mini"/);
  for (const name of ['build', 'bench', 'run']) assert.match(await refusal(name, 'x'), /takes no word, and .* "x"/);
  assert.match(await refusal('update', '--status', 'front'), /There are too many words/);
});

test('a value that looks like an option is told apart from none at all', async () => {
  assert.equal((await bell('ring', 'front', '--timeout', '-1')).io.stderr,
    'bell: --timeout takes a value, and "-1" looks like an option. If it is none, write --timeout=-1. ' +
    'See bell ring --help.\n');
  assert.equal((await bell('ring', 'front', '--timeout=-1')).io.stderr,
    'bell: --timeout takes a whole number, not "-1".\n');
  assert.equal((await bell('ring', 'front', '--timeout')).io.stderr,
    'bell: --timeout takes a value, and none follows. See bell ring --help.\n');
});

test('runs from any directory', () => {
  const { stdout, status } = spawnSync(process.execPath, [join(root, 'scripts', 'bell.js'), '--version'], {
    cwd: tmpdir(), encoding: 'utf8',
  });
  assert.equal(status, 0);
  assert.equal(stdout, `${version()}\n`);
});
