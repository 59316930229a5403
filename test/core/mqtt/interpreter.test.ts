import assert from 'node:assert/strict';
import test, { mock } from 'node:test';
import fc from 'fast-check';
import { rollup } from 'rollup';
import type { Board } from '../../../boards/board.ts';
import { findBoard } from '../../../boards/index.ts';
import { configure } from '../../../rollup.config.js';
import { runReal } from '../../simulator/support/real-interpreter.ts';
import { optional } from '../../support/optional.ts';
import { connack, puback, pubcomp, publish, pubrec, pubrel, suback, utf8, wire } from '../../support/packets.ts';
import { probe } from './interpreter/probe.ts';
import type { Step } from './interpreter/probe.ts';

const espruino = optional('espruino');

const hex = (bytes: string) => Buffer.from(bytes, 'latin1').toString('hex');
const id = fc.constantFrom(1, 2, 300, 0x8000, 0x8001, 0x8002);
const noise = fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
const packet = fc.oneof(
  fc.tuple(noise, fc.constantFrom(0, 1, 2), id).map(([payload, qos, messageId]) => {
    return publish('t', payload, qos ? { qos: qos as 1 | 2, id: messageId } : {});
  }),
  id.map((messageId) => publish('long', 'x'.repeat(80), { qos: 1, id: messageId })),
  id.map(puback),
  id.map(pubrec),
  id.map(pubrel),
  id.map(pubcomp),
  id.map((messageId) => suback(messageId, 1, 128)),
  fc.constant(wire({ cmd: 'pingresp' })),
);
const characters = fc.string({ unit: 'binary', maxLength: 5 });
const steps: fc.Arbitrary<Step[]> = fc.oneof(
  { weight: 6, arbitrary: packet.map((bytes) => [`receive ${hex(bytes)}`]) },
  { weight: 3, arbitrary: packet.map((bytes) => [`trickle ${hex(bytes)}`]) },
  { weight: 1, arbitrary: noise.map((bytes) => [`receive ${hex(bytes)}`]) },
  { weight: 4, arbitrary: fc.constantFrom('publish 0', 'publish 1', 'publish 2', 'subscribe').map((step) => [step]) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 12 }).map((count) => [`seconds ${count}`]) },
  { weight: 2, arbitrary: fc.oneof(noise, characters.map(utf8)).map((bytes) => [`topic ${hex(bytes)}`]) },
  { weight: 2, arbitrary: fc.boolean().map((kept) => ['lose', 'open', `receive ${hex(connack(0, kept))}`]) },
);
// Not longer: the whole of a script has to fit into a chip's memory.
const script = fc.array(steps, { maxLength: 15 }).map((found) => ['open', 'receive 20020000', ...found.flat()]);

/** The probe as a module for the interpreter, made as the firmware is. */
async function probeModule(): Promise<string> {
  const input = 'test/core/mqtt/interpreter/probe.ts';
  const entry = { name: 'module', input, file: () => 'probe.js', shape: 'module' };
  const options = configure(findBoard('linux') as Board, entry as Parameters<typeof configure>[1]);
  const build = await rollup(options);
  const { output } = await build.generate(options.output);
  await build.close();
  return output[0].code;
}

/** Runs the scripts, which are files of their own, because a chip has no room for all of them. */
const program = `
  Math.random = function() { return 0.5; };
  var probe = require("probe").probe, i = 0, text;
  print("");
  while (text = require("Storage").read("s" + i++)) {
    probe(JSON.parse(text), function(line) { print("# " + line); });
    print("# end");
  }
  quit();`;

test('the client does the same on the interpreter as in Node', { skip: espruino.skip, timeout: 120_000 }, async () => {
  const scripts = fc.sample(script, 100);
  const files = Object.fromEntries(scripts.map((each, i) => [`s${i}`, JSON.stringify(each)]));
  const wanted: string[] = [];
  mock.method(Math, 'random', () => 0.5);
  scripts.forEach((each) => {
    probe(each, (line) => wanted.push(line));
    wanted.push('end');
  });
  mock.restoreAll();
  const storage = { ...files, 'probe': await probeModule(), '.bootcde': program };
  const printed = await runReal(espruino.path as string, storage, 60_000);
  const got = [...printed.matchAll(/^# (.*)$/gm)].map((found) => found[1]);
  const at = wanted.findIndex((line, i) => got[i] !== line);
  const around = (list: (string | undefined)[]) => list.slice(Math.max(0, at - 5), at + 2);
  if (at >= 0) assert.deepEqual(around(got), around(wanted));
});
