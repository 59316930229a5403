import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readInfo, readReport } from '../../../scripts/lib/update/status.ts';

test('a report is read, and what has another shape is left out of it', () => {
  const said = { state: 'receiving', serial: 7, have: 8, of: 40, want: 9, version: 5, runs: '1.2.0', other: 1 };
  assert.deepEqual(readReport(JSON.stringify(said)), {
    state: 'receiving', serial: 7, have: 8, of: 40, want: 9, runs: '1.2.0',
  });
  assert.deepEqual(readReport('{"state":"trial","serial":-1,"have":1.5}'), { state: 'trial' });
});

test('what is no report is none', () => {
  for (const text of ['', '1', 'null', '[]', '{', '{"state":"toString"}', '{"state":["trial"]}']) {
    assert.equal(readReport(text), undefined, text);
  }
});

test('no escape code reaches the terminal', () => {
  assert.equal(readReport(JSON.stringify({ state: 'failed', reason: 'a\x1b[2Jb' }))?.reason, 'a?[2Jb');
});

test('info tells version, board and names; that of safe mode does not', () => {
  const text = JSON.stringify({ version: '1.2.0', board: 'd1-mini', names: ['front', 'all'], slot: 0 });
  const wanted = { id: 'front', version: '1.2.0', board: 'd1-mini', names: ['front', 'all'] };
  assert.deepEqual(readInfo('front', text), wanted);
  assert.equal(readInfo('front', '{"slots":["slot a failed"]}'), undefined);
});
