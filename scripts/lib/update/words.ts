import { hasEnded, hasFailed, type Rollout, type Standing, type Target } from './rollout.ts';
import { mayFail, type Amount } from './stages.ts';

/** A device that takes no part, and why. */
export interface Skipped {
  readonly id: string;
  readonly board: string;
  readonly runs: string;
  readonly why: string;
  /** Whether it is as it should be all the same. */
  readonly isFine: boolean;
}

/** What to do about a reason that a device gives. */
const CURES: readonly (readonly [RegExp, string])[] = [
  [/no key/, 'Put a key into its settings with bell key, and those onto it over USB.'],
  [/key/, 'The key of bell.keys.json is not the one on the device: put it there over USB.'],
  [/replayed/, 'It has taken a manifest of a later time: see whether the clock of this computer is right.'],
  [/another board/, 'See which board it has with bell watch.'],
  [/newer/, 'Raise the version in package.json, or add --force.'],
];

/** What became of one device, in a sentence or two. */
export function sentenceOf(rollout: Rollout, target: Target): string {
  const { id, standing, reason, runs, was } = target;
  const still = `It still runs ${runs || was}.`;
  const why = reason && `: ${reason}`;
  switch (standing) {
    case 'done': return successOf(rollout, target);
    case 'refused': return `${id} refused it${why}. ${still} ${cureOf(reason)}`.trim();
    case 'failed': return `${id} failed${why}. ${still}`;
    case 'rolled back': {
      const what = rollout.version || 'the image of its other slot';
      return `${id} tried ${what} and went back by itself${why}. It runs ${runs || was}.`;
    }
    case 'silent': return `${id} fell silent ${reason}. It ran ${was}. If it is only off, it goes on when it returns.`;
    case 'planned': return `${id} was not asked. ${still}`;
    default: return `${id} is ${doing(target)}. It ran ${was}.`;
  }
}

function successOf({ do: deed, version }: Rollout, target: Target): string {
  const { id, was, runs } = target;
  const after = `after ${secondsOf(target)} s`;
  if (deed === 'key') return `${id} has a new key, ${after}.`;
  if (deed === 'back') return `${id} runs ${runs || 'the image of its other slot'} (was ${was}), ${after}.`;
  return `${id} runs ${runs || version} (was ${was}), confirmed ${after}.`;
}

/** What to do about a reason, or ''. */
export function cureOf(reason: string): string {
  return CURES.find(([pattern]) => pattern.test(reason))?.[1] ?? '';
}

/** Seconds from the manifest to the end. */
export function secondsOf({ sentAt, endedAt }: Target): number {
  return endedAt ? Math.round((endedAt - sentAt) / 1000) : 0;
}

/** How far everything has come, from 0 to 1. */
export function shareOf({ targets }: Rollout): number {
  const sum = targets.reduce((all, target) => all + partOf(target), 0);
  return targets.length ? sum / targets.length : 1;
}

function partOf(target: Target): number {
  if (hasEnded(target)) return 1;
  if (target.standing === 'trial') return 0.85;
  if (target.standing === 'receiving') return 0.05 + (target.of ? 0.75 * (target.have / target.of) : 0);
  return target.standing === 'planned' ? 0 : 0.02;
}

/** More bells than these are only counted where progress is not redrawn. */
const FEW = 20;

/** What is going on, for the bar, or for a line where there is none. */
export function progressOf(rollout: Rollout, isDrawn: boolean): string {
  const { targets, stage, ends } = rollout;
  const [only] = targets;
  if (only && targets.length === 1) return `${only.id}: ${doing(only)}`;
  const where = `stage ${stage + 1} of ${ends.length}, ${targets.length} bells`;
  if (!isDrawn && targets.length > FEW) return where;
  const count = (some: (target: Target) => boolean) => targets.filter(some).length;
  const parts: [number, string][] = [
    [count(({ standing }) => standing === 'done'), 'done'],
    [count(hasFailed), 'failed or silent'],
    [count(({ standing }) => standing === 'trial'), 'on trial'],
    [count(({ standing }) => standing === 'receiving'), 'receiving'],
    [count(({ standing }) => standing === 'sent' || standing === 'waiting'), 'asked'],
  ];
  const list = parts.filter(([number]) => number).map(([number, what]) => `${number} ${what}`);
  return `${where}: ${list.join(', ') || 'begins'}`;
}

function doing({ standing, have, of }: Target): string {
  if (standing === 'receiving') return `receiving, ${have} of ${of} chunks`;
  if (standing === 'waiting') return 'waiting until its running image has proved itself';
  if (standing === 'trial') return 'on trial: it restarts, and has to stay online';
  return standing === 'sent' ? 'asked' : standing;
}

const WORDS: Partial<Record<Standing, string>> = { planned: 'not asked', sent: 'asked', trial: 'on trial' };

/** The table at the end, or of `--status`. */
export function tableOf(rollout: Rollout, skipped: readonly Skipped[] = []): string {
  const { do: deed } = rollout;
  const success = { run: 'confirmed', back: 'went back', key: 'key changed' }[deed];
  const rows = rollout.targets.map((target): string[] => [
    target.id, target.board, target.was, target.runs || target.was,
    target.standing === 'done' ? success : WORDS[target.standing] ?? target.standing,
    target.endedAt ? String(secondsOf(target)) : '', target.standing === 'receiving' ? doing(target) : target.reason,
  ]);
  const left = skipped.map(({ id, board, runs, why, isFine }) => {
    return [id, board, runs, runs, isFine ? 'left alone' : 'left out', '', why];
  });
  return columns([['bell', 'board', 'was', 'runs', 'state', 's', ''], ...rows, ...left]);
}

function columns(rows: readonly string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => `${row.map((cell, column) => {
    return column === 5 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!);
  }).join('  ').trimEnd()}\n`).join('');
}

/** What has come of the whole roll-out, in a sentence or two. */
export function summaryOf(rollout: Rollout): string {
  const { targets, ends, stage, state } = rollout;
  const [only] = targets;
  if (only && targets.length === 1) return sentenceOf(rollout, only);
  const done = targets.filter(({ standing }) => standing === 'done').length;
  const failed = targets.filter(hasFailed).length;
  const planned = targets.filter(({ standing }) => standing === 'planned').length;
  const all = `${done} of ${targets.length} bells ${{
    run: `run ${rollout.version}`, back: 'went back', key: 'have a new key',
  }[rollout.do]}`;
  if (state === 'running') return `Stage ${stage + 1} of ${ends.length}: ${all}. Go on with bell update --resume.`;
  if (state === 'done') return failed ? `${all}; ${failed} failed or fell silent.` : `${all}.`;
  const limit = limitText(rollout.limit, ends[stage]!);
  return `Stopped in stage ${stage + 1} of ${ends.length}: ${failed} of ${ends[stage]!} failed or fell silent, `
    + `more than ${limit}. ${all}; ${planned} were not asked. Go on all the same with bell update --resume.`;
}

function limitText(limit: Amount, begun: number): string {
  return 'count' in limit ? `${limit.count}` : `${limit.percent}% (${mayFail(limit, begun)})`;
}
