import { cpus } from 'node:os';
import type { Progress } from '../lib/progress.ts';
import { faultOf, type Outcome, type Plan } from './fleet/outcome.ts';
import { tryFleet } from './fleet/trial.ts';
import type { Cell, Section, Table } from './table.ts';

/** What the section needs. */
export interface FleetContext {
  readonly bells: number;
  /** The short run: the time of the bells passes faster. */
  readonly quick: boolean;
  readonly mosquitto: string;
  readonly progress: Progress;
}

/** How much faster in the short run. */
const HASTE = 5;
const NAMES = ['undisturbed', 'broker killed'] as const;

/** Updates a fleet of simulated bells twice: in peace, and with the broker killed in the last stage. */
export async function fleetSection({ bells, quick, mosquitto, progress }: FleetContext): Promise<Section> {
  const outcomes: Outcome[] = [];
  const faults: string[] = [];
  for (const [index, name] of NAMES.entries()) {
    const said = (line: string): void => progress.at(index / NAMES.length, `${name}: ${line}`);
    const plan: Plan = { bells, mosquitto, isKilled: index === 1, isSettled: true, speed: quick ? HASTE : 1, said };
    const outcome = await tryFleet(plan);
    outcomes.push(outcome);
    faults.push(faultOf(outcome, plan));
  }
  progress.done();
  return {
    id: 'fleet',
    title: `A staged update of ${bells} bells`,
    notes: [
      `${bells} simulated boards (d1-mini, nodemcu and esp32-devkit by turns), each with loader, image and settings in `
      + `its Storage, ${quick ? `whose time passes ${HASTE} times faster` : 'in real time'}, over TCP on loopback with `
      + `one Mosquitto as it comes, on ${cpus().length} processors that also run all else. They are flashed with an `
      + 'older version; then `bell update all --stages 1,10%,100%` builds the firmware and pushes it. The flash of one '
      + 'bell takes nothing, and one is off when it is asked. The second time the broker is killed when half of the '
      + 'bells have begun, forgets everything, and is back 10 s later.',
      'Bytes and packets are those of MQTT that the broker has counted (its `$SYS`), without TCP/IP.',
    ],
    tables: [...outcomes.map(stagesTable), sumsTable(outcomes, faults, bells)],
  };
}

function stagesTable({ stretches }: Outcome, index: number): Table {
  const rows = stretches.map(({ name, bells, s, counts }): Cell[] => [
    name, bells, Math.round(s), mega(counts.bytesIn), mega(counts.bytesOut), counts.packetsIn + counts.packetsOut,
    Math.round((counts.packetsIn + counts.packetsOut) / s),
  ]);
  const sum = (column: number): number => rows.reduce((all, row) => all + (row[column] as number), 0);
  const inAll = ['in all', sum(1), sum(2), sum(3), sum(4), sum(5), Math.round(sum(5) / sum(2))];
  return {
    title: `Stages, ${NAMES[index]}`,
    head: ['', 'bells', 's', 'MB to the broker', 'MB from it', 'packets', 'packets a second'],
    rows: [...rows, inAll],
  };
}

function sumsTable(outcomes: readonly Outcome[], faults: readonly string[], bells: number): Table {
  const row = (name: string, of: (outcome: Outcome) => Cell): Cell[] => [name, ...outcomes.map(of)];
  const reports = [...new Set(outcomes.flatMap(({ said }) => [...said.keys()]))].sort();
  return {
    title: 'What became of it',
    head: ['', ...NAMES],
    rows: [
      ['as it has to be', ...faults.map((fault) => (fault ? `failed: ${fault}` : 'yes'))],
      row('bells that run the new version', ({ rows }) => rows.filter(({ state }) => state === 'done').length),
      ...reports.map((line) => row(`reports: ${line}`, ({ said }) => said.get(line) ?? 0)),
      row('most packets through the broker in a second', ({ busiest }) => busiest),
      row('messages that the broker had no room for', ({ stretches }) => {
        return stretches.reduce((sum, { counts }) => sum + counts.dropped, 0);
      }),
      row('bytes that a bell received', ({ received }) => Math.round(received / bells)),
      row('bytes that a bell sent', ({ sent }) => Math.round(sent / bells)),
      row('connections that bells asked for', ({ dials }) => dials),
      row('most of them in a second', ({ mostDials }) => mostDials),
      row('once the broker was back: most connections in a second', ({ storm }) => storm?.mostAnswers ?? ''),
      row('until the last bell was back, s', ({ storm }) => (storm ? Math.round(storm.backS) : '')),
      row('`bell update`: processor, s', ({ tool }) => Math.round(tool.cpuS)),
      row('`bell update`: most memory, MB', ({ tool }) => Math.round(tool.bytes / 1e6)),
      row('simulated boards: processor, s', ({ boards }) => Math.round(boards.cpuS)),
      row('simulated boards: most memory, MB', ({ boards }) => Math.round(boards.bytes / 1e6)),
    ],
  };
}

function mega(bytes: number): number {
  return Math.round(bytes / 1e4) / 100;
}
