import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import test from 'node:test';
import { terminalAsker } from '../../../scripts/lib/flash/terminal-asker.ts';
import { FakeIo } from '../host.ts';

/** A terminal that a test types on. */
function terminal() {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const io = new FakeIo();
  return { io, type: (text: string) => input.write(text), asker: terminalAsker(io, input)! };
}

test('where nobody is there is nobody to ask', () => {
  assert.equal(terminalAsker(new FakeIo(), new PassThrough()), undefined);
});

test('a line is what was typed, and nothing is the default', async () => {
  const { io, type, asker } = terminal();
  const first = asker.text('Name', 'front');
  type('back\r');
  assert.equal(await first, 'back');
  const second = asker.text('Name', 'front');
  type('\r');
  assert.equal(await second, 'front');
  assert.match(io.stderr, /Name \[front\]: /);
});

test('nothing of a secret is shown', async () => {
  const { io, type, asker } = terminal();
  const answer = asker.secret('Password');
  type('s3cret\r');
  assert.equal(await answer, 's3cret');
  assert.doesNotMatch(io.stderr, /s3|3c|cr|ret/);
  assert.match(io.stderr, /Password: /);
});

test('only a yes is a yes', async () => {
  const { type, asker } = terminal();
  const cases = [['y', true], ['Yes', true], ['', false], ['n', false], ['perhaps', false]] as const;
  for (const [typed, expected] of cases) {
    const answer = asker.confirm('Download?');
    type(`${typed}\r`);
    assert.equal(await answer, expected);
  }
});

test('a choice is asked for until it is one', async () => {
  const { io, type, asker } = terminal();
  const choice = asker.choose('Which?', ['one', 'two']);
  type('3\r');
  while (io.stderr.split('1 to 2: ').length < 3) await new Promise(setImmediate);
  type('2\r');
  assert.equal(await choice, 1);
  assert.match(io.stderr, /Which\?\n {2}1 {2}one\n {2}2 {2}two\n/);
});

test('Ctrl-C ends the question', async () => {
  const { type, asker } = terminal();
  const answer = asker.text('Name');
  type('\x03');
  await assert.rejects(answer, /Interrupted/);
});
