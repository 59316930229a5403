import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import type { Edge } from '../../scripts/lib/console-text.ts';
import { findInterpreter, startInterpreter, type Interpreter } from '../../scripts/lib/interpreter.ts';
import { addFile } from '../../scripts/lib/storage-file.ts';
import { optional } from '../support/optional.ts';

const { path: bin = '', skip } = optional('espruino');

interface Run {
  readonly interpreter: Interpreter;
  readonly lines: string[];
  readonly edges: Edge[];
  /** Resolves when the program has printed this line. */
  until(line: string): Promise<void>;
}

/** Boots a program from Storage. */
function run(code: string, onRestart?: (count: number) => void): Run {
  const lines: string[] = [];
  const edges: Edge[] = [];
  let heard = (): void => undefined;
  const interpreter = startInterpreter({
    // Without a timer the interpreter would end when the program has run.
    bin, storage: addFile(new Uint8Array(0), '.bootcde', `setInterval(function(){}, 1000); ${code}`), trace: true,
    onLine: (line) => { lines.push(line); heard(); },
    onEdge: (edge) => edges.push(edge),
    ...(onRestart ? { onRestart } : {}),
  });
  async function until(line: string): Promise<void> {
    while (!lines.includes(line)) await new Promise<void>((done) => { heard = done; });
  }
  return { interpreter, lines, edges, until };
}

const shape = (edges: Edge[]): string => edges.map(({ pin, level }) => `${pin}=${level}`).join(' ');

test('asks for ESPRUINO_BIN when it is not set', () => {
  assert.throws(() => findInterpreter({}), /ESPRUINO_BIN is not set/);
});

test('refuses an ESPRUINO_BIN that cannot be run', () => {
  assert.throws(() => findInterpreter({ ESPRUINO_BIN: join(tmpdir(), 'no-such-program') }), /cannot be run/);
});

test('finds a program by its path, and by its name in PATH', () => {
  assert.equal(findInterpreter({ ESPRUINO_BIN: process.execPath }), process.execPath);
  assert.equal(findInterpreter({ ESPRUINO_BIN: 'sh', PATH: '/nowhere:/bin' }), '/bin/sh');
});

test('boots a program from Storage and reports what it prints', { skip }, async () => {
  const { interpreter, lines, until } = run('print("here", 1 + 1);');
  await until('here 2');
  assert.deepEqual(lines, ['here 2']);
  await interpreter.stop();
});

test('reports the edges of a pulse, its end included', { skip }, async () => {
  const { interpreter, edges, until } = run(
    'digitalWrite("D5", 0); digitalPulse(D5, 1, 30); setTimeout(function(){ print("done") }, 60);',
  );
  await until('done');
  assert.equal(shape(edges), 'D5=0 D5=1 D5=0');
  assert.equal(Math.round(edges[2]!.ms - edges[1]!.ms), 30);
  await interpreter.stop();
});

test('reports the edges of a list of pulses, and one pin of several in a write', { skip }, async () => {
  const { interpreter, edges, until } = run(
    'digitalWrite([D1, D2], 1); digitalPulse(D5, 1, [10, 20, 10]); setTimeout(function(){ print("done") }, 60);',
  );
  await until('done');
  assert.equal(shape(edges), 'D1=0 D2=1 D5=1 D5=0 D5=1 D5=0');
  await interpreter.stop();
});

test('starts again when the program restarts the device, with the same flash', { skip }, async () => {
  const counts: number[] = [];
  const code = 'var s=require("Storage"); var n=1+(s.readJSON("n",1)||0); s.writeJSON("n",n); print("start", n);' +
    'if (n<3) setTimeout(function(){E.reboot()}, 1);';
  const { interpreter, until } = run(code, (count) => counts.push(count));
  await until('start 3');
  assert.deepEqual(counts, [1, 2]);
  await interpreter.stop();
});

test('takes a statement at its console', { skip }, async () => {
  const { interpreter, lines, until } = run('print("ready")');
  await until('ready');
  interpreter.type('print("answer", 6 * 7)');
  await until('answer 42');
  assert.deepEqual(lines, ['ready', 'answer 42']);
  await interpreter.stop();
});

test('leaves nothing behind when it is stopped', { skip }, async () => {
  const { interpreter, until } = run('print("ready")');
  await until('ready');
  assert.ok(existsSync(join(interpreter.directory, 'espruino.flash')));
  await interpreter.stop();
  assert.equal(existsSync(interpreter.directory), false);
});
