import assert from 'node:assert/strict';
import test, { mock } from 'node:test';
import fc from 'fast-check';
import { rollup } from 'rollup';
import { findBoard } from '../../../boards/index.ts';
import { configure } from '../../../rollup.config.js';
import { runReal } from '../../simulator/support/real-interpreter.ts';
import { optional } from '../../support/optional.ts';
import { connack, publish, puback, pubcomp, pubrec, pubrel, suback, wire } from '../../support/packets.ts';
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
  id.map((messageId) => publish('long', 'x'.repeat(200), { qos: 1, id: messageId })),
  id.map(puback),
  id.map(pubrec),
  id.map(pubrel),
  id.map(pubcomp),
  id.map((messageId) => suback(messageId, 1, 128)),
  fc.constant(wire({ cmd: 'pingresp' })),
);
const receive = (bytes: string): Step[] => [['receive', hex(bytes)]];
const steps: fc.Arbitrary<Step[]> = fc.oneof(
  { weight: 6, arbitrary: packet.map(receive) },
  { weight: 3, arbitrary: packet.map((bytes) => [...bytes].flatMap(receive)) },
  { weight: 1, arbitrary: noise.map(receive) },
  { weight: 3, arbitrary: fc.constantFrom(0, 1, 2).map((qos): Step[] => [['publish', qos]]) },
  { weight: 1, arbitrary: fc.constant<Step[]>([['subscribe', 0]]) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 12 }).map((count): Step[] => [['seconds', count]]) },
  { weight: 2, arbitrary: noise.map((bytes): Step[] => [['topic', hex(bytes)]]) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 5 }).map((text): Step[] => [['topic', Buffer.from(text).toString('hex')]]) },
  { weight: 2, arbitrary: fc.boolean().map((kept): Step[] => [['lose', 0], ['open', 0], ...receive(connack(0, kept))]) },
);
const script = fc.array(steps, { maxLength: 25 }).map((found): Step[] => [['open', 0], ...receive(connack()), ...found.flat()]);

/** The probe as a program for the interpreter. */
async function program(): Promise<string> {
  const board = findBoard('linux');
  const entry = { name: 'module', input: 'test/core/mqtt/interpreter/main.ts', file: () => 'probe.js', shape: 'program' } as const;
  const options = configure(board, entry as never);
  const build = await rollup(options);
  const { output } = await build.generate(options.output);
  await build.close();
  return output[0].code;
}

test('the client does the same on the interpreter as in Node', { skip: espruino.skip, timeout: 120_000 }, async () => {
  const scripts = fc.sample(script, 150);
  mock.method(Math, 'random', () => 0.5);
  const wanted = scripts.flatMap((each) => [...probe(each), 'end']);
  mock.restoreAll();
  const lines = scripts.map((each) => JSON.stringify(each)).join('\n');
  const code = `Math.random = function() { return 0.5; };\n${await program()}`;
  const printed = await runReal(espruino.path as string, { scripts: lines, '.bootcde': code }, 60_000);
  const got = [...printed.matchAll(/^# (.*)$/gm)].map((found) => found[1]);
  const at = wanted.findIndex((line, i) => got[i] !== line);
  const around = (list: (string | undefined)[]) => list.slice(Math.max(0, at - 5), at + 2);
  if (at >= 0) assert.deepEqual(around(got), around(wanted));
});
