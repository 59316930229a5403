import assert from 'node:assert/strict';
import test from 'node:test';
import { buildSync } from 'esbuild';
import fc from 'fast-check';
import { newRing, readRing } from '../../../firmware/core/bell/ring.ts';
import { startInterpreter } from '../../../scripts/lib/interpreter.ts';
import { root } from '../../../scripts/lib/paths.ts';
import { addFile } from '../../../scripts/lib/storage-file.ts';
import { supported } from '../../../scripts/lib/transpile.ts';
import { optional } from '../../support/optional.ts';

const espruino = optional('espruino');

/** The grammar as one script for a chip, which leaves its function behind as `parse`. */
function grammar(): string {
  const contents = `import { newRing, readRing } from './firmware/core/bell/ring.ts';
    global.parse = (payload, standard, named, strokeMs) => {
      const ring = newRing();
      return readRing(ring, payload, standard, named, strokeMs) || ring;
    };`;
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true, write: false, format: 'iife', target: 'esnext', charset: 'ascii', minify: true, supported,
  });
  return outputFiles[0]!.text;
}

/** Any bytes, texts made of the grammar's pieces, and objects with anything in their fields. */
function payloads(): string[] {
  const byte = fc.nat(255).map((code) => String.fromCharCode(code));
  const piece = fc.constantFrom('{', '}', '[', ']', ',', ':', '1', '200', '-', '.5', '1e3', ' ', '\n', 'door', 'OFF',
    '"pattern"', '"id"', '"a"', 'null', 'true', '\\', '"', '+');
  const value = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(),
    fc.constantFrom('door', 'OFF', '1', '100,50,100', '', null), fc.array(fc.nat(1200), { maxLength: 6 }));
  const fields = { pattern: value, times: value, gap: value, id: value, at: value, ttl: value };
  const objects = fc.record(fields, { requiredKeys: [] }).map((object) => JSON.stringify(object));
  const pieces = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(''));
  return fc.sample(fc.oneof(fc.string({ unit: byte, maxLength: 40 }), pieces, objects), { numRuns: 500, seed: 7 });
}

function quote(bytes: string): string {
  return '"' + bytes.replace(/[^ !#-[\]-~]/g, (byte) => '\\x' + byte.charCodeAt(0).toString(16).padStart(2, '0')) + '"';
}

/** What one payload means here, in the form in which the interpreter prints it. */
function meaning(payload: string): string {
  const ring = newRing();
  const named = (name: string) => (name === 'door' ? '100,100,100' : '');
  return JSON.stringify(readRing(ring, payload, '200', named, 1000) || ring);
}

/** What they mean on the interpreter, one line each. */
async function meanings(asked: string[]): Promise<string[]> {
  const lines: string[] = [];
  const program = `${grammar()}
    function named(name) { return name === 'door' ? '100,100,100' : ''; }
    function run(payload) {
      var ring;
      try { ring = parse(payload, '200', named, 1000); } catch (e) { ring = 'threw ' + e; }
      console.log('#' + JSON.stringify(ring));
    }
    ${asked.map((payload) => `run(${quote(payload)});`).join('\n')}`;
  const storage = addFile(new Uint8Array(), '.bootcde', program);
  await new Promise<void>((done) => {
    const running = startInterpreter({
      bin: espruino.path!,
      storage,
      onLine: (line) => {
        if (line.startsWith('#')) lines.push(line.slice(1));
        if (lines.length === asked.length) void running.stop();
      },
      onExit: () => done(),
    });
  });
  return lines;
}

test('reads payloads on the interpreter as here', { skip: espruino.skip, timeout: 60_000 }, async () => {
  // Espruino's JSON.parse takes more than JSON; what it makes of that has the same limits.
  const asked = payloads().filter((payload) => meaning(payload) !== '"not valid JSON"');
  assert.ok(asked.length > 300);
  const found = await meanings(asked);
  asked.forEach((payload, i) => assert.equal(found[i], meaning(payload), JSON.stringify(payload)));
});
