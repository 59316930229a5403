import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { interpreters } from '../../../boards/interpreters.ts';
import { root } from '../../../scripts/lib/paths.ts';
import { FakeChip } from '../../support/rom/chip.ts';
import { openPty, skipPty } from '../../support/rom/pty.ts';
import { writeRelease } from '../../support/rom/release.ts';
import { noLines } from '../../support/rom/reset-circuit.ts';

/** Runs the command as a person does, and gives what it said. */
async function bell(args: string[], env: Record<string, string>): Promise<{ code: number; out: string; err: string }> {
  const program = join(root, 'scripts', 'bell.js');
  const child = spawn(process.execPath, [program, ...args], { env: { ...process.env, ...env } });
  const said = { out: '', err: '' };
  child.stdin.end();
  child.stdout.on('data', (bytes: Buffer) => { said.out += bytes.toString(); });
  child.stderr.on('data', (bytes: Buffer) => { said.err += bytes.toString(); });
  const [code] = await once(child, 'close') as [number];
  return { code, ...said };
}

test('the program itself flashes a board that was put into its loader by hand', { skip: skipPty }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'bell-cli-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeRelease(folder, interpreters[0]!);
  const chip = new FakeChip('ESP8266', { circuit: noLines() });
  const pty = await openPty(chip);
  t.after(() => pty.close());
  chip.start('download');
  const args = ['flash', '--port', pty.path, '--board', 'd1-mini', '--images', folder];
  const { code, out, err } = await bell(args, { BELL_CACHE: join(folder, 'cache') });
  assert.equal(code, 0, err);
  assert.match(out, /Firmware: \d+ KB written and compared/);
  assert.match(out, /Mind: this port has no line that resets a board/);
  assert.match(out, /It is flashed and has no settings yet\. Give it some: npx bell provision\.\n$/);
});

test('without a board it says so in a sentence, and no stack', async () => {
  const { code, err } = await bell(['flash', '--port', '/dev/ttyUSB99'], {});
  assert.equal(code, 1);
  assert.equal(err, 'bell: There is no port /dev/ttyUSB99. Plug the board in, or leave --port out.\n');
});
