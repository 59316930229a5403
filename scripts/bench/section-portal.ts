import type { Context } from './context.ts';
import { makeKinds } from './kinds.ts';
import { LIMIT, went } from './peaks.ts';
import { stepOf } from './peak-table.ts';
import { costOfPortalStage, openPortalStage } from './portal-stage.ts';
import { portalScenarios, type PortalScenario } from './portal-scenarios.ts';
import { findNeed } from './search.ts';
import type { Cell, Section } from './table.ts';

/** What the access point with its form needs, from before it opens. */
export async function portalSection(context: Context): Promise<Section> {
  const { bin, layout, progress } = context;
  const { firmware } = (await makeKinds()).find(({ board }) => board.chip === 'esp8266')!;
  const own = await costOfPortalStage(context);
  const range = { tooLittle: layout.alone, limit: LIMIT, most: layout.total - own, step: stepOf(context) };
  let guess = LIMIT;
  const needOf = async ({ around, act }: PortalScenario): Promise<number> => {
    const need = await findNeed({ ...range, guess }, (room) => went(async () => {
      const stage = await openPortalStage({ bin, layout, firmware, around, room }, own);
      try {
        await act(stage);
        // What was written on the console before the answer has been read by then.
        await stage.bell.usage();
      } finally {
        await stage.bell.stop();
      }
    }));
    if (need < Infinity) guess = need;
    return need;
  };
  const rows: Cell[][] = [];
  for (const [index, scenario] of portalScenarios.entries()) {
    progress.at(index / portalScenarios.length, scenario.name);
    const found: Cell = await needOf(scenario).catch((error: Error) => `failed: ${error.message}`);
    const isKept = typeof found === 'number' && found <= LIMIT;
    const cell = found === Infinity ? `more than ${range.most.toLocaleString('en-GB')}` : found;
    rows.push([scenario.name, cell, LIMIT, isKept ? 'yes' : 'NO']);
  }
  return {
    id: 'portal',
    title: 'The access point with a form',
    notes: [
      'The bundle of d1-mini, without a network, with a radio of ours and a phone on real sockets. A figure is what '
      + 'the interpreter must have from before the networks are looked for until the scenario has ended, to '
      + `${stepOf(context)} variables; it is found as the peaks above are. A piece of what comes has up to 536 bytes `
      + 'here, and 268 on the chip.',
      'A list of networks is made by the interpreter, and a stored password of 1 KB is copied by it: two scenarios are '
      + 'known to need more than the budget, and less than there is.',
    ],
    tables: [{
      title: 'Variables that each scenario at the form needs', head: ['scenario', 'd1-mini', 'budget', 'kept'], rows,
    }],
  };
}
