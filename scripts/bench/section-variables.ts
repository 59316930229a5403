import type { Context } from './context.ts';
import { makeKinds } from './kinds.ts';
import { peakTable, stepOf } from './peak-table.ts';
import { restTables } from './rest-table.ts';
import type { Section } from './table.ts';

/** Variables at rest, and what each scenario needs. */
export async function variablesSection(context: Context): Promise<Section> {
  const kinds = await makeKinds();
  context.progress.at(0.05, 'variables at rest');
  const rest = await restTables(context, kinds);
  return {
    id: 'variables',
    title: 'Variables',
    notes: [
      'At rest: what `process.memory().usage` says, which collects garbage first, less what asking takes '
      + `(${context.layout.asking}) and less our stand-ins. d1-mini: its own bundle with a Wi-Fi module of ours, `
      + 'because the interpreter for Linux has none.',
      'Peaks are tried and not sampled: a string takes variables until the scenario runs out of memory. So they are '
      + `what the interpreter must have, to ${stepOf(context)} variables, without garbage. Each has been enough twice, `
      + 'and a step less has twice not been enough.',
    ],
    tables: [...rest, await peakTable(context, kinds)],
  };
}
