import type { Board } from '../../../boards/board.ts';
import { findBoard } from '../../../boards/index.ts';
import { isNewer } from '../../../firmware/core/update/version.ts';
import { keysOf, type Keys } from './keys.ts';
import type { Deed, Target } from './rollout.ts';
import type { Info } from './status.ts';
import type { Skipped } from './words.ts';

/** What devices are asked for. */
export interface Wish {
  readonly do: Deed;
  /** The version to run; '' where there is none. */
  readonly version: string;
  /** Whether a version that is not newer is pushed too. */
  readonly force: boolean;
  /** The one board that there is an image for; undefined when one is built for any. */
  readonly board?: Board;
}

/** Who takes part, in the order of their turn, and who does not. */
export interface Plan {
  readonly targets: Target[];
  readonly skipped: Skipped[];
}

/** Sorts the devices that answered the roll call, and those (`silent`) that did not and are known to exist. */
export function makePlan(answered: readonly Info[], silent: readonly Info[], keys: Keys, wish: Wish): Plan {
  const reasons = answered.map((info) => ({ info, ...reasonFor(info, keys, wish) }));
  const skipped = reasons.flatMap(({ info, why, isFine = false }) => (why ? [skip(info, why, isFine)] : []));
  return {
    targets: inTurn(reasons.filter(({ why }) => !why).map(({ info }) => info)).map(newTarget),
    skipped: [...skipped, ...silent.map((info) => skip(info, 'does not answer', false))],
  };
}

/** Why a device is not asked; without a reason when it is. */
function reasonFor({ id, board, version }: Info, keys: Keys, wish: Wish): { why?: string; isFine?: boolean } {
  if (!findBoard(board)) return { why: `its board is unknown here (${board})` };
  if (wish.board && board !== wish.board.id) return { why: `the image is for ${wish.board.id}` };
  if (!keysOf(keys, id).length) return { why: 'there is no key for it' };
  if (wish.do !== 'run' || wish.force || isNewer(wish.version, version)) return {};
  if (isNewer(version, wish.version)) return { why: `runs ${version}, which is newer than ${wish.version}` };
  return { why: `runs ${version} already`, isFine: true };
}

function skip({ id, board, version }: Info, why: string, isFine: boolean): Skipped {
  return { id, board, runs: version, why, isFine };
}

/** One of each board by turns, so that early stages try every board that there is. */
function inTurn(infos: readonly Info[]): Info[] {
  const sorted = [...infos].sort((a, b) => (a.id < b.id ? -1 : 1));
  const counts = new Map<string, number>();
  const turns = sorted.map((info) => {
    const turn = counts.get(info.board) ?? 0;
    counts.set(info.board, turn + 1);
    return { info, turn };
  });
  return turns.sort((a, b) => a.turn - b.turn).map(({ info }) => info);
}

function newTarget({ id, board, version }: Info): Target {
  return {
    id, board, was: version, standing: 'planned', serial: 0, wrongKeys: 0, runs: '', reason: '',
    have: 0, of: 0, sentAt: 0, heardAt: 0, endedAt: 0,
  };
}
