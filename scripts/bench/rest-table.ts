import type { Context } from './context.ts';
import { holderNames, holdersOf } from './holders.ts';
import type { Kind } from './kinds.ts';
import { costOf } from './layout.ts';
import { stageShim } from './seconds.ts';
import { FIRST_BEAT } from './shims.ts';
import { closeStage, leastUsage, openStage } from './stage.ts';
import { startSubject } from './subject.ts';
import type { Cell, Table } from './table.ts';

const GOAL = 465;
const LIMIT = 700;
/** Seconds after which the loader has let go of the image, and of its own variables. */
const LOADER_GONE = 75;

/** What each bundle has in use while nothing happens, and what holds it. */
export async function restTables(context: Context, kinds: readonly Kind[]): Promise<Table[]> {
  const found = await Promise.all(kinds.map((kind) => atRest(context, kind)));
  const columns = found.map(({ cells }) => cells);
  const head = ['when', ...kinds.map(({ board }) => board.id), 'goal'];
  const idle = `idle, once the loader is gone (${LOADER_GONE} s)`;
  const names = ['after boot, offline', 'connected', idle];
  const budgets = ['', '', `${GOAL} (limit ${LIMIT})`];
  const rest = {
    title: 'Variables at rest',
    head,
    rows: [
      ['the interpreter alone', ...kinds.map(() => context.layout.alone), ''],
      ...names.map((name, index) => [name, ...columns.map((cells) => cells[index]!), budgets[index]!]),
    ],
  };
  if (context.quick) return [rest];
  return [rest, {
    title: 'What holds them when idle',
    head: ['what', ...kinds.map(({ board }) => board.id)],
    rows: holderNames.map((name, index) => [name, ...found.map(({ holders }) => holders[index]!)]),
  }];
}

async function atRest(context: Context, kind: Kind): Promise<{ cells: Cell[]; holders: number[] }> {
  const { bin, layout, quick } = context;
  const { firmware, standIn } = kind;
  const own = layout.asking + (await costOf(bin, standIn));
  const booted = await afterBoot(context, kind);
  const stage = await openStage(bin, firmware, {}, standIn);
  try {
    const connected = (await stage.bell.usage()) - own;
    if (quick) return { cells: [booted, connected, 'not in the quick run'], holders: [] };
    await new Promise((done) => setTimeout(done, LOADER_GONE * 1000));
    const idle = (await leastUsage(stage.bell)) - own;
    return { cells: [booted, connected, idle], holders: await holdersOf(stage.bell, idle) };
  } finally {
    await closeStage(stage);
  }
}

/** A port that nobody listens on, and seconds until the bell has tried it. */
const NO_BROKER = 1;
const TRIED = 3;

/** In use once the program has started, with no broker there. */
async function afterBoot({ bin, layout }: Context, { firmware, standIn }: Kind): Promise<number> {
  const shim = standIn + stageShim;
  const own = layout.asking + (await costOf(bin, shim));
  const bell = await startSubject({ bin, storage: (probe) => firmware.storage({ port: NO_BROKER }, probe + shim) });
  try {
    // Its seconds begin with it, and not with the loader.
    while ((await bell.ask('BEATS')) < FIRST_BEAT + TRIED) await new Promise((done) => setTimeout(done, 50));
    return (await leastUsage(bell)) - own;
  } finally {
    await bell.stop();
  }
}
