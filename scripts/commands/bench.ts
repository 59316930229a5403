import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Context } from '../bench/context.ts';
import { isEsp8266, measureLayout, type Layout } from '../bench/layout.ts';
import { findMosquitto } from '../bench/mosquitto.ts';
import { fillPage } from '../bench/page.ts';
import { deltaSection } from '../bench/section-delta.ts';
import { fleetSection } from '../bench/section-fleet.ts';
import { growthSection } from '../bench/section-growth.ts';
import { partsSection } from '../bench/section-parts.ts';
import { portalSection } from '../bench/section-portal.ts';
import { referenceNames, referencesSection, type Reference } from '../bench/section-references.ts';
import { ringSection } from '../bench/section-ring.ts';
import { signatureSection } from '../bench/section-signature.ts';
import { sizesSection } from '../bench/section-sizes.ts';
import { variablesSection } from '../bench/section-variables.ts';
import { sectionText, type Section } from '../bench/table.ts';
import { isSet, refuseWords, textOf, textsOf, writeJson, type Command, type Io, type Values } from '../lib/command.ts';
import { Failure } from '../lib/failure.ts';
import { findInterpreter } from '../lib/interpreter.ts';
import { dist, root } from '../lib/paths.ts';
import { createProgress } from '../lib/progress.ts';
import { toNumber } from '../lib/ring-request.ts';
import type { Sizes } from '../lib/sizes.ts';
import { readImage } from '../lib/update/image-file.ts';

export const command: Command = {
  name: 'bench',
  summary: 'Measures the firmware: bytes, variables, growth, and the time from publish to the relay',
  usage: '[options]',
  options: {
    quick: { type: 'boolean', help: 'fewer messages, and peaks only roughly: a minute or two' },
    only: {
      type: 'string', multiple: true, value: 'PART',
      help: 'bytes, parts, delta, fleet, variables, portal, growth, ring, references or signature',
    },
    messages: {
      type: 'string', value: 'N', help: 'for growth: how many messages, and a hundredth as many reconnections (100000)',
    },
    reference: {
      type: 'string', multiple: true, value: 'NAME=FILE',
      help: `another client to measure beside ours: ${referenceNames.join(', ')}`,
    },
    image: {
      type: 'string', multiple: true, value: 'FILE',
      help: 'for delta: the image before and the one after, of one board',
    },
    bells: { type: 'string', value: 'N', help: 'for fleet: how many simulated bells (500; 40 with --quick)' },
    write: { type: 'boolean', help: 'put the figures into docs/performance.md' },
    json: { type: 'boolean', help: 'one JSON object a line' },
  },
  examples: ['ESPRUINO_BIN=~/espruino bell bench', 'bell bench --only bytes --only parts'],
  async run(values, words, io) {
    refuseWords(command, words);
    const references = textsOf(values, 'reference').map((text) => readReference(text, io));
    const sections: Section[] = [];
    for (const { id, measure } of await plan(values, references, io)) {
      const section = await measure().catch((error: unknown) => failed(id, error));
      sections.push(section);
      if (isSet(values, 'json')) writeJson(io, section);
      else io.out.write(sectionText(section));
    }
    if (isSet(values, 'write')) writePage(sections, values);
    return sections.every(isWhole) ? 0 : 1;
  },
};

const FAILED = 'Not measured';

/** Whether everything in a section could be measured. */
function isWhole({ title, tables }: Section): boolean {
  const cells = tables.flatMap(({ rows }) => rows.flat());
  return !title.startsWith(FAILED) && !cells.some((cell) => typeof cell === 'string' && cell.startsWith('failed'));
}

interface Step {
  readonly id: string;
  measure(): Promise<Section>;
}

/** What there is to measure, in order; what this machine lacks becomes a section that says so. */
async function plan(values: Values, references: readonly Reference[], io: Io): Promise<Step[]> {
  const wanted = textsOf(values, 'only');
  const steps: Step[] = [
    { id: 'bytes', measure: async () => sizesSection(readSizes()) },
    { id: 'parts', measure: partsSection },
    deltaStep(values, io),
    fleetStep(values, io),
    ...(await interpreterSteps(values, references, io)),
  ];
  const unknown = wanted.find((id) => steps.every((step) => step.id !== id));
  if (unknown !== undefined) {
    throw new Failure(`There is no part "${unknown}"`, `The parts are ${steps.map(({ id }) => id).join(', ')}.`);
  }
  return wanted.length === 0 ? steps : steps.filter(({ id }) => wanted.includes(id));
}

function deltaStep(values: Values, io: Io): Step {
  const files = textsOf(values, 'image');
  if (files.length === 0) return skipped('delta', 'It needs two images: --image OLD --image NEW.');
  const [before, after, more] = files.map((file) => readImage(readFile(file, io), file));
  if (!before || !after || more) throw new Failure('Delta compares two images', 'Say --image OLD --image NEW.');
  return { id: 'delta', measure: () => Promise.resolve(deltaSection(before, after)) };
}

function fleetStep(values: Values, io: Io): Step {
  const mosquitto = findMosquitto(io.env);
  if (mosquitto === undefined) return skipped('fleet', 'Mosquitto is not installed.');
  const quick = isSet(values, 'quick');
  const bells = toNumber('bells', textOf(values, 'bells') ?? (quick ? '40' : '500'));
  if (bells < 20) throw new Failure('A fleet has 20 bells at the least', 'A tenth of it has to be two.');
  return { id: 'fleet', measure: () => fleetSection({ bells, quick, mosquitto, progress: createProgress(io) }) };
}

function readFile(file: string, io: Io): Buffer {
  const path = resolve(io.cwd, file);
  if (!existsSync(path)) throw new Failure(`There is no file ${file}`);
  return readFileSync(path);
}

async function interpreterSteps(values: Values, references: readonly Reference[], io: Io): Promise<Step[]> {
  if (!io.env['ESPRUINO_BIN']) {
    const why = 'ESPRUINO_BIN is not set. Set it to the path of Espruino for Linux.';
    return ['variables', 'portal', 'growth', 'ring', 'references', 'signature'].map((id) => skipped(id, why));
  }
  const bin = findInterpreter(io.env);
  const layout = await measureLayout(bin);
  const quick = isSet(values, 'quick');
  const messages = toNumber('messages', textOf(values, 'messages') ?? (quick ? '2000' : '100000'));
  const context: Context = { bin, layout, quick, messages, progress: createProgress(io) };
  const mosquitto = findMosquitto(io.env);
  return [
    { id: 'variables', measure: async () => onLayout(layout, await variablesSection(context)) },
    { id: 'portal', measure: async () => onLayout(layout, await portalSection(context)) },
    { id: 'growth', measure: () => growthSection(context) },
    mosquitto === undefined
      ? skipped('ring', 'Mosquitto is not installed.')
      : { id: 'ring', measure: () => ringSection(context, mosquitto) },
    {
      id: 'references',
      measure: () => referencesSection(context, readFileSync(join(dist, 'MQTT.js'), 'latin1'), references),
    },
    { id: 'signature', measure: async () => onLayout(layout, await signatureSection(context)) },
  ];
}

function skipped(id: string, why: string): Step {
  return { id, measure: () => Promise.resolve({ id, title: `Skipped: ${id}`, notes: [why], tables: [] }) };
}

function failed(id: string, error: unknown): Section {
  if (error instanceof Failure) throw error;
  return { id, title: `${FAILED}: ${id}`, notes: [`It failed: ${(error as Error).message}.`], tables: [] };
}

/** Says which interpreter the variables are of. */
function onLayout(layout: Layout, section: Section): Section {
  const what = `The interpreter has ${layout.total.toLocaleString('en-GB')} variables of ${layout.blockSize} bytes`;
  const whose = isEsp8266(layout)
    ? `${what}: the layout of an ESP8266.`
    : `${what}, which is NOT the layout of an ESP8266: the budgets do not apply to these figures.`;
  return { ...section, notes: [whose, ...section.notes] };
}

function readReference(text: string, io: Io): Reference {
  const at = text.indexOf('=');
  const name = text.slice(0, at);
  if (at < 0 || !referenceNames.includes(name)) {
    throw new Failure(`"${text}" names no client`, `Write NAME=FILE with one of ${referenceNames.join(', ')}.`);
  }
  const path = resolve(io.cwd, text.slice(at + 1));
  if (!existsSync(path)) throw new Failure(`There is no file ${text.slice(at + 1)}`);
  return { name, path };
}

function readSizes(): Sizes {
  const file = join(dist, 'sizes.json');
  if (!existsSync(file)) throw new Failure('Nothing has been built', 'Run npm run build first.');
  return JSON.parse(readFileSync(file, 'utf8')) as Sizes;
}

function writePage(sections: readonly Section[], values: Values): void {
  const file = join(root, 'docs', 'performance.md');
  const words = [
    'npm run bench --',
    ...(isSet(values, 'quick') ? ['--quick'] : []),
    ...textsOf(values, 'only').map((id) => `--only ${id}`),
    ...(textOf(values, 'messages') ? [`--messages ${textOf(values, 'messages')}`] : []),
    ...(textOf(values, 'bells') ? [`--bells ${textOf(values, 'bells')}`] : []),
    ...textsOf(values, 'image').map((_file, index) => `--image ${index === 0 ? 'OLD' : 'NEW'}`),
    ...textsOf(values, 'reference').map((text) => `--reference ${text.split('=')[0]}=FILE`),
  ];
  writeFileSync(file, fillPage(readFileSync(file, 'utf8'), sections, words.join(' ').replace(/ --$/, '')));
}
