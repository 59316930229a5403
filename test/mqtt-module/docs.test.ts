import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { root } from '../../scripts/lib/paths.ts';

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const page = read('docs/mqtt-client.md');

/** First cells of the table below a heading, without their quotes. */
function rows(heading: string): string[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(heading + '\n'));
  assert.ok(section, heading);
  const cells = Array.from(section.matchAll(/^\| (`.*?) \|/gm), ([, cell]) => cell!);
  return cells.flatMap((cell) => Array.from(cell.matchAll(/`([^`]*)`/g), ([, name]) => name!));
}

/** All reasons for which the sources close a connection. */
function reasons(): string[] {
  const folder = 'firmware/core/mqtt';
  const sources = readdirSync(join(root, folder)).map((file) => read(`${folder}/${file}`)).join('\n');
  const gives = /closed\(|reason = '|return '|\|\| '|\? '/;
  const closing = sources.split('\n').filter((line) => gives.test(line)).join('\n');
  const texts = Array.from(closing.matchAll(/(?<!=== )'([a-zA-Z][a-zA-Z ]*(?:: )?)'/g), ([, text]) => text!);
  const refused = /return \(\s*\[([^\]]*)\]/.exec(read(`${folder}/refusal.ts`))![1]!;
  const all = texts.concat(Array.from(refused.matchAll(/'([^']*)'/g), ([, text]) => text!));
  // Several reasons stand in one text in `isRefusal`; `closed` never leaves the session.
  return Array.from(new Set(all)).filter((text) => text !== 'closed');
}

test('docs/mqtt-client.md has a line for each reason, and for no other', () => {
  const known = reasons().map((reason) => reason.replace(/: $/, ': …'));
  assert.ok(known.length >= 16, known.join());
  assert.deepEqual(rows('Reasons').sort(), known.concat('network lost').sort());
});

test('docs/mqtt-client.md has a line for each option, and for no other', () => {
  const options = /export interface Options \{([^]*?)\n\}/.exec(read('firmware/mqtt-module.ts'))![1]!;
  const names = Array.from(options.matchAll(/^ {2}(\w+)\?:/gm), ([, name]) => name!);
  assert.deepEqual(rows('Options').sort(), names.sort());
});

test('docs/mqtt-client.md has a line for each event, and for no other', () => {
  const source = read('firmware/mqtt-module.ts');
  const emitted = Array.from(source.matchAll(/emit\(([^,)]*)/g), ([, first]) => first!).join();
  const names = new Set(Array.from(emitted.matchAll(/'([a-z_]+)'/g), ([, name]) => name!));
  const events = rows('Events').filter((name) => names.has(name));
  assert.deepEqual(events.sort(), Array.from(names).sort());
});
