import type { Context } from './context.ts';
import type { Kind } from './kinds.ts';
import { costOf } from './layout.ts';
import { closeStage, leastUsage, openStage } from './stage.ts';
import { startSubject } from './subject.ts';
import type { Cell, Table } from './table.ts';

const GOAL = 465;
const LIMIT = 700;
/** Seconds after which the loader has let go of the image, and of its own variables. */
const LOADER_GONE = 75;

/** What each bundle has in use while nothing happens. */
export async function restTable(context: Context, kinds: readonly Kind[]): Promise<Table> {
  const columns = await Promise.all(kinds.map((kind) => atRest(context, kind)));
  const idle = `idle, once the loader is gone (${LOADER_GONE} s)`;
  const names = ['after boot, offline', 'connected', idle];
  const budgets = ['', '', `${GOAL} (limit ${LIMIT})`];
  return {
    title: 'Variables at rest',
    head: ['when', ...kinds.map(({ board }) => board.id), 'goal'],
    rows: [
      ['the interpreter alone', ...kinds.map(() => context.layout.alone), ''],
      ...names.map((name, index) => [name, ...columns.map((cells) => cells[index]!), budgets[index]!]),
    ],
  };
}

async function atRest({ bin, layout, quick }: Context, { firmware, standIn }: Kind): Promise<Cell[]> {
  const own = layout.asking + (await costOf(bin, standIn));
  const storage = (probe: string): Buffer => firmware.storage({ port: NO_BROKER }, probe + standIn);
  const offline = await startSubject({ bin, storage });
  const booted = (await leastUsage(offline)) - own;
  await offline.stop();
  const stage = await openStage(bin, firmware, {}, standIn);
  try {
    const connected = (await stage.bell.usage()) - own;
    if (quick) return [booted, connected, 'not in the quick run'];
    await new Promise((done) => setTimeout(done, LOADER_GONE * 1000));
    return [booted, connected, (await leastUsage(stage.bell)) - own];
  } finally {
    await closeStage(stage);
  }
}

/** A port that nobody listens on. */
const NO_BROKER = 1;
