import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/paths.ts';
import type { Context } from './context.ts';
import type { Kind } from './kinds.ts';
import { createPeakFinder, LIMIT, type PeakFinder } from './peaks.ts';
import { scenarios } from './scenarios.ts';
import type { Cell, Table } from './table.ts';

/** How exactly peaks are found, variables; and in the quick run. */
const STEP = 8;
const COARSE_STEP = 64;

interface Row {
  readonly name: string;
  need(finder: PeakFinder, guess: number): Promise<number>;
}

const rows: readonly Row[] = [
  { name: 'power-up until online', need: (finder, guess) => finder.needOfStart(false, guess) },
  { name: 'power-up with a password of 1 KB', need: (finder, guess) => finder.needOfStart(true, guess) },
  ...scenarios.map((scenario): Row => ({
    name: scenario.name, need: (finder, guess) => finder.need(scenario, guess),
  })),
];

/** How exactly the peaks of a run are found. */
export function stepOf({ quick }: Context): number {
  return quick ? COARSE_STEP : STEP;
}

/** What each bundle needs in each scenario. */
export async function peakTable(context: Context, kinds: readonly Kind[]): Promise<Table> {
  const page = readFileSync(join(root, 'docs', 'performance.md'), 'utf8');
  const columns = await Promise.all(kinds.map((kind, index) => peaksOf(context, kind, guesses(page, index))));
  return {
    title: 'Variables that each scenario needs',
    head: ['scenario', ...kinds.map(({ board }) => board.id), 'budget', 'kept'],
    rows: rows.map(({ name }, index) => {
      const cells = columns.map((column) => column[index]!);
      const kept = cells.every((cell) => typeof cell === 'number' && cell <= LIMIT);
      return [name, ...cells, LIMIT, kept ? 'yes' : 'NO'];
    }),
  };
}

/** The last figures, by scenario, of one column of the page: where the search begins. */
export function guesses(page: string, column: number): ReadonlyMap<string, number> {
  const table = page.split('**Variables that each scenario needs**')[1] ?? '';
  const cells = table.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  return new Map(cells.map((row) => [row[1] ?? '', Number((row[2 + column] ?? '').replace(',', ''))]));
}

async function peaksOf(context: Context, kind: Kind, known: ReadonlyMap<string, number>): Promise<Cell[]> {
  const { bin, layout, progress } = context;
  const finder = await createPeakFinder({ bin, layout, ...kind, step: stepOf(context) });
  const cells: Cell[] = [];
  let last = LIMIT;
  try {
    for (const [index, { name, need }] of rows.entries()) {
      progress.at(0.1 + (0.5 * index) / rows.length, `${kind.board.id}: ${name}`);
      const found = await need(finder, known.get(name) || last).catch((error: Error) => `failed: ${error.message}`);
      if (typeof found === 'number' && found < Infinity) last = found;
      cells.push(found === Infinity ? `more than ${finder.most.toLocaleString('en-GB')}` : found);
    }
    return cells;
  } finally {
    await finder.stop();
  }
}
