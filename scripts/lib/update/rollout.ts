import { mayFail, type Amount } from './stages.ts';
import type { Report } from './status.ts';

/** What is asked of each device: to run an image, to go back to that of its other slot, or to change its key. */
export type Deed = 'run' | 'back' | 'key';

/** Where a device stands. */
export type Standing =
  | 'planned' | 'sent' | 'waiting' | 'receiving' | 'trial'
  | 'done' | 'refused' | 'failed' | 'rolled back' | 'silent';

/** One device of a roll-out. Times are Unix times in ms, 0 for never. */
export interface Target {
  readonly id: string;
  readonly board: string;
  /** The version that ran before. */
  readonly was: string;
  standing: Standing;
  /** Serial of the manifest that it was sent; 0 for none. */
  serial: number;
  /** How many of the keys that it may have were found wrong. */
  wrongKeys: number;
  /** What it said last of the version that runs, and why. */
  runs: string;
  reason: string;
  have: number;
  of: number;
  sentAt: number;
  heardAt: number;
  endedAt: number;
  /** It failed before the roll-out was resumed, and does not count any more. */
  forgiven?: boolean;
}

/** A roll-out: plain data, so that it can be kept in a file. */
export interface Rollout {
  readonly do: Deed;
  /** The name that was asked for: a device, a group, or all. */
  readonly name: string;
  /** The version to run; '' where there is none. */
  readonly version: string;
  readonly force: boolean;
  readonly startedAt: number;
  /** Devices that have been begun at the end of each stage. */
  readonly ends: readonly number[];
  readonly limit: Amount;
  /** The stage that it is in, from 0. */
  stage: number;
  state: 'running' | 'stopped' | 'done';
  readonly targets: Target[];
}

/** The reason of a refusal that is only for now: the device takes the manifest up again by itself. */
export const NOT_YET = 'the running image is not confirmed yet';
/** The reason of a refusal after which another key may be tried. */
export const WRONG_KEY = 'wrong key';

const FAILURES: readonly Standing[] = ['refused', 'failed', 'rolled back', 'silent'];

/** Whether nothing more is expected of a device. */
export function hasEnded({ standing }: Target): boolean {
  return standing === 'done' || FAILURES.includes(standing);
}

/** Whether a device has not done what was asked. */
export function hasFailed({ standing }: Target): boolean {
  return FAILURES.includes(standing);
}

/** What is to be done next: publish to these, wait, or nothing any more. `rollout` is brought to that point. */
export function nextStep(rollout: Rollout): 'wait' | 'ended' | readonly Target[] {
  const { targets, ends, limit } = rollout;
  while (rollout.state === 'running') {
    const begun = targets.slice(0, ends[rollout.stage]);
    const failed = begun.filter((target) => hasFailed(target) && !target.forgiven);
    const planned = begun.filter(({ standing }) => standing === 'planned');
    if (failed.length > mayFail(limit, begun.length)) rollout.state = 'stopped';
    else if (planned.length) return planned;
    else if (!begun.every(hasEnded)) return 'wait';
    else if (rollout.stage + 1 < ends.length) rollout.stage++;
    else rollout.state = 'done';
  }
  return 'ended';
}

/** Books that a device was sent a manifest. */
export function begin(target: Target, serial: number, now: number): void {
  Object.assign(target, { standing: 'sent', serial, reason: '', have: 0, of: 0, endedAt: 0, heardAt: now });
  target.sentAt ||= now;
  delete target.forgiven;
}

/** Takes what a device reports; false when it is not about the manifest that it was sent. */
export function hear(deed: Deed, target: Target, report: Report, isRetained: boolean, now: number): boolean {
  const isNameless = report.serial === undefined && report.state === 'refused' && !isRetained;
  if (!target.serial || (report.serial !== target.serial && !isNameless)) return false;
  const standing = standingOf(deed, report);
  // A manifest that comes a second time may be refused, after a change of its key for one.
  if (!standing || (target.standing === 'done' && standing === 'refused')) return false;
  target.standing = standing;
  target.heardAt = now;
  target.reason = report.reason ?? '';
  target.runs = report.runs ?? target.runs;
  target.have = report.have ?? target.have;
  target.of = report.of ?? target.of;
  target.endedAt = hasEnded(target) ? target.endedAt || now : 0;
  return true;
}

function standingOf(deed: Deed, { state, reason }: Report): Standing | undefined {
  if (state === 'refused') return reason === NOT_YET ? 'waiting' : 'refused';
  if (state === 'key changed') return deed === 'key' ? 'done' : undefined;
  if (state === 'confirmed' || state === 'current') return deed === 'key' ? undefined : 'done';
  return state;
}

/** Seconds in which an image on trial is confirmed or undone, by the loader's table of 10 minutes and some more. */
const TRIAL = 12 * 60;

/** Books as silent who has said nothing for so many seconds; true when there is one. */
export function listen({ targets }: Rollout, patience: number, now: number): boolean {
  const late = targets.filter((target) => {
    const seconds = patience + (target.standing === 'trial' ? TRIAL : 0);
    return target.standing !== 'planned' && !hasEnded(target) && now - target.heardAt >= seconds * 1000;
  });
  for (const target of late) {
    target.reason = said(target);
    target.standing = 'silent';
    target.endedAt = now;
  }
  return late.length > 0;
}

/** What a device did when it was heard last. */
function said({ standing, have, of }: Target): string {
  if (standing === 'receiving') return `after ${have} of ${of} chunks`;
  if (standing === 'trial') return 'on trial';
  return standing === 'waiting' ? 'before it confirmed its running image' : 'from the start';
}

/** Starts the time of silence anew for everybody, as after an outage of the broker. */
export function excuse({ targets }: Rollout, now: number): void {
  for (const target of targets) if (!hasEnded(target)) target.heardAt = now;
}

/** Those that have begun nothing yet: their manifests can be taken back without harm. */
export function untouched({ targets }: Rollout): Target[] {
  return targets.filter(({ standing, reason, have }) => {
    return standing === 'sent' || standing === 'waiting' || (standing === 'silent' && !have && reason !== 'on trial');
  });
}

/** Makes a roll-out that has ended or was interrupted go on; false when there is nothing left to do. */
export function revive(rollout: Rollout, now: number): boolean {
  for (const target of rollout.targets) {
    if (target.standing === 'rolled back') target.forgiven = true;
    // A change of key is made anew: which of the keys a device has now, only it knows.
    else if (hasFailed(target) || (rollout.do === 'key' && !hasEnded(target))) {
      Object.assign(target, { standing: 'planned', serial: 0, wrongKeys: 0, reason: '', sentAt: 0 });
    }
  }
  excuse(rollout, now);
  if (rollout.targets.every(hasEnded)) return false;
  rollout.state = 'running';
  return true;
}
