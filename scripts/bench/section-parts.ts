import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rollup, type Plugin } from 'rollup';
import type { Node } from 'estree';
import linux from '../../boards/linux.ts';
import { configure, entries, keep } from '../../rollup.config.js';
import { isFunctionNode } from '../lib/in-place/captures.ts';
import { residents } from '../lib/in-place/functions.ts';
import { sourceName } from '../lib/in-place/names.ts';
import { putInPlace } from '../lib/in-place.ts';
import { root } from '../lib/paths.ts';
import { analyse, type Placed } from '../lib/scopes.ts';
import { shapeBundle } from '../lib/shape.ts';
import type { Section } from './table.ts';

/** Variables of a function that lives in flash, measured; its parameters come on top. */
const FUNCTION = 4;

/** One name that is always there, and what it takes. */
interface Resident {
  readonly name: string;
  readonly file: string;
  readonly isFunction: boolean;
  readonly variables: number;
}

/** What is always there in the finished bundle, by source file. Counted in the text: it needs no interpreter. */
export async function partsSection(): Promise<Section> {
  const code = await placed();
  const list = residentNames(code);
  const files = [...new Set(list.map(({ file }) => file))];
  const sum = (some: readonly Resident[]): number => some.reduce((all, { variables }) => all + variables, 0);
  const row = (file: string): readonly [string, number, number, number, number] => {
    const mine = list.filter((one) => file === 'all' || one.file === file);
    const functions = mine.filter(({ isFunction }) => isFunction);
    const state = mine.filter(({ isFunction }) => !isFunction);
    return [file, functions.length, sum(functions), sum(state), sum(mine)];
  };
  const staying = residents(code, new Set(Object.keys(keep)));
  return {
    id: 'parts',
    title: 'What each part costs',
    notes: [
      `Counted in the linux bundle after the build has put functions in place: ${FUNCTION} variables and one a `
      + 'parameter for a function, and for state what it begins with. Socket, timers, settings’ texts and the '
      + 'interpreter itself come on top. A name is taken for that of the file that declares it.',
    ],
    tables: [
      {
        title: 'Variables that are always there, by file',
        head: ['file', 'functions', 'in functions', 'in state', 'variables'],
        rows: [...files.map(row), row('all')].sort((a, b) => (a[0] === 'all' ? 1 : b[0] === 'all' ? -1 : b[4] - a[4])),
      },
      {
        title: 'Functions that are used once and still stay, and why',
        head: ['function', 'reason'],
        rows: staying.map(({ name, reason }) => [sourceName(name), reason]),
      },
    ],
  };
}

/** The linux bundle as it is before names are shortened. */
async function placed(): Promise<string> {
  const app = entries.find(({ name }) => name === 'app')!;
  const { plugins, output: _output, ...options } = configure(linux, app);
  // The last plugin makes the chunk what is flashed, short names and all.
  const build = await rollup({ ...options, plugins: (plugins as Plugin[]).slice(0, -1) });
  const { output } = await build.generate({ format: 'es', strict: false, externalLiveBindings: false, freeze: false });
  await build.close();
  return putInPlace(shapeBundle(output[0].code, 'app'), new Set(Object.keys(keep)));
}

function residentNames(code: string): Resident[] {
  const sources = firmwareSources();
  const [main] = analyse(code).scopeManager.globalScope!.childScopes;
  return main!.variables.filter(({ name }) => name !== 'arguments').map((variable) => {
    const [definition] = variable.defs;
    const node = definition?.node as Placed | undefined;
    const initial = node?.type === 'VariableDeclarator' ? (node.init as Placed | null) : undefined;
    const value = definition?.type === 'FunctionName' ? node : initial;
    return {
      name: variable.name,
      file: fileOf(variable.name, value ? code.slice(...value.range) : '', sources),
      isFunction: value !== undefined && value !== null && isFunctionNode(value),
      variables: costOf(value ?? undefined),
    };
  });
}

/** What a value takes at the least. */
function costOf(value: Node | undefined): number {
  if (!value) return 1;
  if ('params' in value) return FUNCTION + value.params.length;
  if (value.type === 'ObjectExpression') return 1 + value.properties.reduce((sum, one) => {
    return sum + ('value' in one ? costOf(one.value) : 1);
  }, 0);
  if (value.type === 'ArrayExpression') return 1 + value.elements.length;
  if (value.type === 'Literal' && typeof value.value === 'string') return 2;
  return 1;
}

function firmwareSources(): { file: string; text: string }[] {
  const names = readdirSync(join(root, 'firmware'), { recursive: true, encoding: 'utf8' });
  return names.filter(isInBundle).map((name) => {
    return { file: name, text: readFileSync(join(root, 'firmware', name), 'utf8') };
  });
}

/** The loader and the module for other programs are bundles of their own. */
function isInBundle(name: string): boolean {
  return name.endsWith('.ts') && !name.endsWith('.d.ts') && !/^(boot\.ts|mqtt-module|core\/boot\/)/.test(name);
}

/** The file that declares a name; of several, that which shares most words with its value. */
function fileOf(name: string, value: string, sources: readonly { file: string; text: string }[]): string {
  const plain = sourceName(name);
  const declares = new RegExp(`(?:function|const|let) ${plain}\\b|^ *${plain}: \\(|^ *(?:let )?${plain}(?:,|:)`, 'm');
  const words = new Set(value.match(/[A-Za-z]{3,}/g));
  const shared = (text: string): number => [...words].filter((word) => text.includes(word)).length;
  const candidates = sources.filter(({ text }) => declares.test(text));
  const [best] = candidates.sort((a, b) => shared(b.text) - shared(a.text));
  return best?.file ?? 'made by the build';
}
