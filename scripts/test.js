// npm test: builds, runs every test, and says which optional programs were missing.
//
//   npm test                         all of them
//   npm test -- mqtt/session boards  those with one of these words in their path
//   npm test -- --no-build …         without building first
//   npm test -- --long …             what takes minutes, and nothing else: the files *.long.ts
//
// REQUIRE_OPTIONAL=mosquitto,chromium makes it a failure when one of these is missing.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/** What is to be run. */
const isLong = process.argv.includes('--long');
const ENDING = isLong ? '.long.ts' : '.test.ts';
/** A file that takes longer hangs. Milliseconds. */
const TIMEOUT = isLong ? 600_000 : 240_000;
/** First line of what Node says at the end, with or without colours. */
const SUMMARY = /^(\x1b\[\d+m)*ℹ tests \d+/;

const words = process.argv.slice(2);
const filters = words.filter((word) => !word.startsWith('--'));
process.exitCode = await main();

async function main() {
  const files = findTests(join(root, 'test')).filter(isWanted);
  if (files.length === 0) return fail(`No test has ${filters.join(' or ')} in its path.`);
  if (!words.includes('--no-build') && !build()) return 1;
  const scratch = mkdtempSync(join(tmpdir(), 'bell-test-'));
  try {
    return await runTests(files, join(scratch, 'missing'));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function build() {
  const program = join(root, 'scripts', 'bell.js');
  return spawnSync(process.execPath, [program, 'build'], { cwd: root, stdio: 'inherit' }).status === 0;
}

/**
 * Node 20 expands no patterns itself, so that the list is made here.
 *
 * @param {string} folder
 * @returns {string[]}
 */
function findTests(folder) {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(ENDING))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

/** @param {string} file */
function isWanted(file) {
  const path = file.split(sep).join('/');
  return filters.length === 0 || filters.some((word) => path.includes(word));
}

/**
 * @param {string[]} files
 * @param {string} list where tests write the names of missing programs
 */
async function runTests(files, list) {
  writeFileSync(list, '');
  const missing = () => [...new Set(readFileSync(list, 'utf8').split('\n').filter((name) => name !== ''))].sort();
  const code = await runNode([
    '--import', 'tsx', '--test', '--test-reporter=spec',
    `--test-concurrency=${availableParallelism()}`, `--test-timeout=${TIMEOUT}`, ...files,
  ], list, () => report(missing()));
  return missing().some(isRequired) ? 1 : code;
}

/**
 * Runs Node and hands its output on. `beforeSummary` gives what is to be said before Node's own
 * summary, which stays the end of the output.
 *
 * @param {string[]} args
 * @param {string} list
 * @param {() => string} beforeSummary
 * @returns {Promise<number>}
 */
function runNode(args, list, beforeSummary) {
  const color = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['inherit', 'pipe', 'inherit'],
    env: { ...process.env, ...color, BELL_MISSING: list },
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (SUMMARY.test(line)) process.stdout.write(beforeSummary());
    process.stdout.write(`${line}\n`);
  });
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
}

/** @param {string[]} missing */
function report(missing) {
  if (missing.length === 0) return '';
  const lacking = missing.filter(isRequired);
  const failure = lacking.length === 0 ? '' : `REQUIRE_OPTIONAL asks for ${lacking.join(', ')}: this run fails.\n`;
  return `Skipped what needs a program that is not here: ${missing.join(', ')}.\n${failure}`;
}

/** @param {string} name */
function isRequired(name) {
  return (process.env['REQUIRE_OPTIONAL'] ?? '').split(',').includes(name);
}

/** @param {string} message */
function fail(message) {
  console.error(message);
  return 1;
}
