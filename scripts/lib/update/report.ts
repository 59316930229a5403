import { isSet, writeJson, type Io, type Values } from '../command.ts';
import { Failure } from '../failure.ts';
import type { Book } from './book.ts';
import { hasFailed, type Rollout } from './rollout.ts';
import { secondsOf, summaryOf, tableOf, type Skipped } from './words.ts';

/** Says what has come of it; the exit code is 0 when every bell is as it should be. */
export function report({ rollout, skipped }: Pick<Book, 'rollout' | 'skipped'>, values: Values, io: Io): number {
  if (!rollout) throw new Failure('There was no roll-out in this directory');
  if (isSet(values, 'json')) sayJson(rollout, skipped, io);
  else if (rollout.targets.length === 1 && !skipped.length) io.out.write(`${summaryOf(rollout)}\n`);
  else io.out.write(`${tableOf(rollout, skipped)}\n${summaryOf(rollout)}\n`);
  const isWhole = rollout.state === 'done' && !rollout.targets.some(hasFailed);
  return isWhole && skipped.every(({ isFine }) => isFine) ? 0 : 1;
}

function sayJson(rollout: Rollout, skipped: readonly Skipped[], io: Io): void {
  const { do: deed, name, version: wished, state, stage, ends, targets } = rollout;
  for (const target of targets) {
    const { id, board, was, runs, standing, reason, have, of } = target;
    writeJson(io, { bell: id, board, was, runs: runs || was, state: standing, reason, have, of, s: secondsOf(target) });
  }
  for (const { id, board, runs, why, isFine } of skipped) {
    writeJson(io, { bell: id, board, was: runs, runs, state: isFine ? 'left alone' : 'left out', reason: why });
  }
  const done = targets.filter(({ standing }) => standing === 'done').length;
  const stages = { stage: stage + 1, stages: ends.length };
  writeJson(io, { rollout: name, do: deed, version: wished, state, ...stages, bells: targets.length, done });
}
