import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { REMOTE, SECRET, rules } from '../../../firmware/core/config.ts';
import { pathOf } from '../../../firmware/core/settings/fill.ts';
import { limits } from '../../support/settings.ts';

/** The rows of the table in the docs: path, default, and whether `set` may change it. */
function documented(): string[][] {
  const text = readFileSync(new URL('../../../docs/settings.md', import.meta.url), 'utf8');
  const rows = text.match(/^\| `[\w.]+` \|.*\|.*\|.*\|.*\|$/gm) ?? [];
  return rows.map((row) => {
    const cells = row.split('|').map((cell) => cell.trim());
    return [cells[1]!.replaceAll('`', ''), cells[3]!.match(/`(.*?)`/)![1]!, cells[5]!];
  });
}

test('the table in the docs has every setting, its default, and whether it may be set', () => {
  const expected = [['version', '1', 'no']];
  rules((section, name, _kind, byDefault, _min, _max, flags) => {
    const set = flags & REMOTE ? 'yes' : flags & SECRET ? 'no, secret' : 'no';
    expected.push([pathOf(section, name), JSON.stringify(byDefault), set]);
  }, limits);
  assert.deepEqual(documented(), expected);
});
