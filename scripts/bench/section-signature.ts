import { startInterpreter, type Interpreter } from '../lib/interpreter.ts';
import type { Context } from './context.ts';
import { chainsOf, sign, verifier, type Shape, type Signed } from './hash-signature.ts';
import { storageOf } from './subject.ts';
import type { Cell, Section } from './table.ts';

/** Bytes of a message: what a manifest for an ESP8266 has at the most. */
const MESSAGE = 850;
/** Levels of the tree: 256 updates under one public key. */
const LEVELS = 8;
/** Runs of which the fastest counts. */
const RUNS = 7;
/** How long a verification may take here, ms. */
const PATIENCE = 60_000;

/** Time and variables of verifying a hash-based signature, of which a device needs to keep no secret. */
export async function signatureSection(context: Context): Promise<Section> {
  const { bin, progress, quick } = context;
  const digests = await digestsOf(bin);
  const shapes = digests.flatMap((digest) => [2, 4, 8].map((bits): Shape => {
    return { digest, bytes: 16, bits, levels: quick ? 4 : LEVELS };
  }));
  const rows: Cell[][] = [];
  for (const [index, shape] of shapes.entries()) {
    progress.at(index / shapes.length, `verifying ${shape.digest}, chains of ${2 ** shape.bits}`);
    rows.push(await measure(bin, shape));
  }
  const round = Math.min(...(await repeat(() => loopTime(bin))));
  return {
    id: 'signature',
    title: 'What a public-key signature would cost',
    notes: [
      'Winternitz chains under a Merkle tree, hashes cut to 16 bytes, verified on the interpreter with its native '
      + `digest, one chain at a time. A message of ${MESSAGE} bytes; the signature comes on top of it.`,
      `Times are of this machine, where an empty loop of 1,000 rounds takes ${round.toFixed(1)} ms. On a chip, the `
      + 'same loop says how much longer everything takes there. The fastest of several runs counts.',
    ],
    tables: [{
      title: 'Verifying one signature',
      head: [
        'digest', 'chain', 'chains', 'signature, bytes', 'hashes', 'ms', 'longest piece, ms', 'variables',
        'program, bytes',
      ],
      rows,
    }],
  };
}

async function measure(bin: string, shape: Shape): Promise<Cell[]> {
  const message = 'x'.repeat(MESSAGE);
  const signed = sign(shape, message, 5);
  const program = verifier(shape, signed, false);
  const runs = await repeat(() => run(bin, program, signed));
  const verdict = runs.map(([word]) => word).find((word) => word !== 'right') ?? 'right';
  const least = (place: number) => Math.min(...runs.map((words) => Number(words[place])));
  const forged = { ...signed, message: `y${message.slice(1)}` };
  const [refusal] = await run(bin, program, forged);
  if (verdict !== 'right' || refusal !== 'wrong') throw new Error(`${shape.digest}: it says ${verdict} and ${refusal}`);
  const [, most, before] = await run(bin, verifier(shape, signed, true), signed);
  const [chains, checksum] = chainsOf(shape);
  return [
    shape.digest, 2 ** shape.bits, chains + checksum, signed.signature.length, signed.hashes,
    least(1), least(2), Number(most) - Number(before), program.length,
  ];
}

/** What several runs give: a machine that does something else as well is slow now and then. */
async function repeat<T>(run: () => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (let i = 0; i < RUNS; i++) all.push(await run());
  return all;
}

/** Runs a program; gives the words of its verdict, and what it said before. */
async function run(bin: string, program: string, { message, signature }: Signed): Promise<string[]> {
  const lines = await output(bin, { msg: message, sig: signature, '.bootcde': program }, /^(right|wrong)/);
  const before = lines.find((line) => line.startsWith('before'))?.split(' ')[1] ?? '';
  return [...lines.at(-1)!.split(' '), before];
}

/** The digests that an interpreter has. */
async function digestsOf(bin: string): Promise<Shape['digest'][]> {
  const lines = await output(bin, { '.bootcde': 'print("has",typeof require("crypto").SHA256)' }, /^has/);
  return lines.at(-1) === 'has function' ? ['SHA1', 'SHA256'] : ['SHA1'];
}

async function loopTime(bin: string): Promise<number> {
  const program = 'var t=getTime(),i=0;for(;i<1000;i++){}print("took",(getTime()-t)*1e3)';
  const lines = await output(bin, { '.bootcde': program }, /^took/);
  return Number(lines.at(-1)!.split(' ')[1]);
}

/** The lines that a program prints, up to the one that ends it. */
function output(bin: string, files: Record<string, string>, last: RegExp): Promise<string[]> {
  const lines: string[] = [];
  let interpreter: Interpreter | undefined;
  return new Promise<string[]>((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`no answer: ${lines.join(' | ')}`)), PATIENCE);
    interpreter = startInterpreter({
      bin,
      storage: storageOf({ ...files, '.bootcde': `setTimeout("",1e9);${files['.bootcde']}` }),
      onLine(line) {
        lines.push(line);
        if (!last.test(line)) return;
        clearTimeout(timer);
        done(lines);
      },
    });
  }).finally(() => interpreter?.stop());
}
