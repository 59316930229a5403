import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/mqtt-conformance.md', root), 'utf8');

/** One row of the list. */
interface Statement {
  number: string;
  binds: string;
  /** Titles of tests. */
  tests: string[];
  /** What stands in place of a test. */
  reason: string;
}

const list: Statement[] = [...page.matchAll(/^\| (MQTT-[\d.]+-\d+) \| .* \| (\w+) \| (.*) \|$/gm)].map((row) => {
  const [, number = '', binds = '', proof = ''] = row;
  const tests = [...proof.matchAll(/`([^`]+)`/g)].map((found) => found[1] ?? '');
  return { number, binds, tests, reason: proof.replace(/`[^`]+`(<br>)?/g, '').trim() };
});
const numbers = new Set(list.map((statement) => statement.number));

/** Text of every source file in a folder, by its path. */
function sources(folder: string): [path: string, text: string][] {
  const names = readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' });
  const paths = names.filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name}`);
  return paths.map((path) => [path, readFileSync(new URL(path, root), 'utf8')]);
}

/** Titles of all tests. */
const titles = new Set(
  sources('test').flatMap(([, text]) => {
    return [...text.matchAll(/\b(?:test|live)\(\s*'([^']+)'/g)].map((found) => found[1] ?? '');
  }),
);

/** Numbers in a text, as the standard writes them. */
function cited(text: string): string[] {
  return [...text.matchAll(/\[(MQTT-\d[\d.]*-\d+)\]/g)].map((found) => found[1] ?? '');
}

test('the list has all 141 statements, each once and in order', () => {
  const byNumber = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true });
  assert.equal(list.length, 141);
  assert.equal(numbers.size, 141);
  assert.deepEqual(list.map((each) => each.number), [...numbers].sort(byNumber));
});

test('every test that the list names exists', () => {
  const named = list.flatMap((statement) => statement.tests);
  assert.deepEqual(named.filter((title) => !titles.has(title)), []);
});

test('every statement that binds a client has a test or a reason', () => {
  const bare = list.filter(({ tests, reason }) => !tests.length && !reason);
  assert.deepEqual(bare, []);
  const client = list.filter((statement) => statement.binds !== 'server');
  const unproved = client.filter(({ tests, reason }) => !tests.length && !/^does not apply: ./.test(reason));
  assert.deepEqual(unproved, []);
});

test('every test that carries a number stands in its row', () => {
  const rows = new Map(list.map((statement) => [statement.number, statement.tests]));
  const strays = [...titles].flatMap((title) => cited(title).filter((number) => !rows.get(number)?.includes(title)));
  assert.deepEqual(strays, []);
});

test('every number that sources and tests cite is one of the standard', () => {
  const strays = [...sources('test'), ...sources('firmware'), ['this page', page] as const].flatMap(([path, text]) =>
    cited(text).filter((number) => !numbers.has(number)).map((number) => `${path}: ${number}`),
  );
  assert.deepEqual(strays, []);
});

test('the page counts what it lists', () => {
  const client = list.filter((statement) => statement.binds !== 'server').length;
  assert.match(page, new RegExp(`${list.length} of them\\. ${client} bind a client`));
  assert.match(page, new RegExp(`The other ${list.length - client} bind\\s+a server`));
});
