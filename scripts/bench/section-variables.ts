import d1Mini from '../../boards/d1-mini.ts';
import linux from '../../boards/linux.ts';
import type { Board } from '../../boards/board.ts';
import { startBenchBroker, type BenchBroker } from './broker.ts';
import type { Context } from './context.ts';
import { makeFirmware, type Firmware } from './firmware.ts';
import { costOf } from './layout.ts';
import { createPeakFinder, LIMIT } from './peaks.ts';
import { online, scenarios } from './scenarios.ts';
import { esp8266StandIn } from './shims.ts';
import { startSubject } from './subject.ts';
import type { Cell, Section, Table } from './table.ts';

const GOAL = 465;
const IDLE_LIMIT = 700;
/** Seconds after which the loader has let go of the image, and of its own variables. */
const LOADER_GONE = 75;

interface Kind {
  readonly board: Board;
  readonly standIn: string;
}

/** The bundles that are measured: that of Linux as it is, and that of an ESP8266 with stand-ins for its radio. */
const kinds: readonly Kind[] = [
  { board: linux, standIn: '' },
  { board: { ...d1Mini, storage: linux.storage }, standIn: esp8266StandIn },
];

/** Variables at rest, and what each scenario needs. */
export async function variablesSection(context: Context): Promise<Section> {
  const { layout, quick, progress } = context;
  const step = quick ? 32 : 8;
  const broker = await startBenchBroker();
  const firmwares = await Promise.all(kinds.map(({ board }) => makeFirmware(board)));
  try {
    progress.at(0.05, quick ? 'variables at rest' : `variables at rest, for ${LOADER_GONE} s`);
    const rest: Cell[][] = [];
    for (const [index, kind] of kinds.entries()) rest.push(await atRest(context, kind, firmwares[index]!, broker));
    const needs: Cell[][] = [];
    for (const [index, kind] of kinds.entries()) {
      needs.push(await peaks(context, kind, firmwares[index]!, step));
    }
    return {
      id: 'variables',
      title: 'Variables',
      notes: [
        'At rest: what `process.memory().usage` says, which collects garbage first, less what asking takes '
        + `(${layout.asking}) and less our stand-ins. d1-mini: its own bundle with a Wi-Fi module of ours, `
        + 'because the interpreter for Linux has none.',
        'Peaks are tried and not sampled: a string takes variables until the scenario runs out of memory. '
        + `So they are what the interpreter must have, to ${step} variables, without garbage.`,
      ],
      tables: [restTable(layout.alone, rest), peakTable(needs)],
    };
  } finally {
    await broker.stop();
  }
}

async function atRest(context: Context, kind: Kind, firmware: Firmware, broker: BenchBroker): Promise<Cell[]> {
  const { bin, layout, quick } = context;
  const own = layout.asking + (kind.standIn ? await costOf(bin, kind.standIn) : 0);
  const offline = startSubject({ bin, storage: firmware.storage({ port: 1 }, kind.standIn) });
  await seconds(0.5);
  const booted = (await offline.usage()) - own;
  await offline.stop();
  const bell = startSubject({ bin, storage: firmware.storage({ port: broker.port }, kind.standIn) });
  try {
    await online(broker);
    const connected = (await bell.usage()) - own;
    await seconds(quick ? 2 : 10);
    const soon = (await bell.usage()) - own;
    if (quick) return [booted, connected, soon, 'not in the quick run'];
    await seconds(LOADER_GONE - 10);
    return [booted, connected, soon, (await bell.usage()) - own];
  } finally {
    await bell.stop();
  }
}

async function peaks(
  { bin, layout, progress }: Context, { standIn }: Kind, firmware: Firmware, step: number,
): Promise<Cell[]> {
  const finder = await createPeakFinder({ bin, layout, firmware, standIn, step });
  const cells: Cell[] = [];
  const steps = [
    () => finder.needOfStart(false),
    () => finder.needOfStart(true),
    ...scenarios.map((scenario) => () => finder.need(scenario)),
  ];
  try {
    for (const [index, run] of steps.entries()) {
      progress.at(0.1 + (0.5 * index) / steps.length, `${firmware.board.id}: ${scenarioNames[index]}`);
      cells.push(await run().then(
        (need) => needText(need, layout.total),
        (error: Error) => `failed: ${error.message}`,
      ));
    }
    return cells;
  } finally {
    await finder.stop();
  }
}

const scenarioNames = [
  'power-up until online', 'power-up with a password of 1 KB', ...scenarios.map(({ name }) => name),
];

function needText(need: number, total: number): Cell {
  return need === Infinity ? `more than ${total.toLocaleString('en-GB')}` : need;
}

function restTable(alone: number, rest: readonly Cell[][]): Table {
  const last = `idle, once the loader is gone (${LOADER_GONE} s)`;
  const names = ['after boot, offline', 'connected', 'idle, after 10 s', last];
  const budgets = ['', '', `${GOAL} (limit ${IDLE_LIMIT})`, `${GOAL} (limit ${IDLE_LIMIT})`];
  return {
    title: 'Variables at rest',
    head: ['when', ...kinds.map(({ board }) => board.id), 'goal'],
    rows: [
      ['the interpreter alone', ...kinds.map(() => alone), ''],
      ...names.map((name, index) => [name, ...rest.map((cells) => cells[index]!), budgets[index]!]),
    ],
  };
}

function peakTable(needs: readonly Cell[][]): Table {
  return {
    title: 'Variables that each scenario needs',
    head: ['scenario', ...kinds.map(({ board }) => board.id), 'budget', 'kept'],
    rows: scenarioNames.map((name, index) => {
      const cells = needs.map((column) => column[index]!);
      const kept = cells.every((cell) => typeof cell === 'number' && cell <= LIMIT);
      return [name, ...cells, LIMIT, kept ? 'yes' : 'NO'];
    }),
  };
}

function seconds(count: number): Promise<void> {
  return new Promise((done) => setTimeout(done, count * 1000));
}
