import { findBoard } from '../../../boards/index.ts';
import { Failure } from '../failure.ts';
import type { PushedImage } from './image-file.ts';
import { makePlan, type Plan } from './plan.ts';
import type { Request } from './request.ts';
import { callRoll } from './roll-call.ts';
import type { Desk } from './runner.ts';
import { readStages } from './stages.ts';
import type { Skipped } from './words.ts';

type Start = Pick<Desk, 'client' | 'prefix' | 'book' | 'keys' | 'signal'>;

/** Calls the roll, plans, and gives the images that are needed; undefined when nobody is to be updated. */
export async function startRollout(
  request: Request, { client, prefix, book, keys, signal }: Start,
): Promise<Map<string, PushedImage> | undefined> {
  const { name, wish, stages, limit, waitMs } = request;
  const roll = await callRoll(client, prefix, name, waitMs, signal);
  if (signal.aborted) throw new Failure('Interrupted before anything was sent');
  const plan = makePlan(roll.answered, roll.silent, keys, wish);
  checkPlan(name, plan);
  const images = wish.do === 'run' ? await imagesFor(plan, request) : new Map<string, PushedImage>();
  book.begin({
    do: wish.do, name, version: wish.version, force: wish.force, startedAt: Date.now(), limit,
    ends: readStages(stages, plan.targets.length), stage: 0, state: plan.targets.length ? 'running' : 'done',
    targets: plan.targets,
  }, plan.skipped, new Map([...images].map(([board, { bytes }]) => [board, bytes])));
  return plan.targets.length ? images : undefined;
}

/** One bell that cannot be updated is a failure with a cure; of many, the table tells. */
function checkPlan(name: string, { targets, skipped }: Plan): void {
  if (targets.length) return;
  const [only] = skipped;
  if (!only) throw new Failure(`Nobody called "${name}" answers`, 'See who is there with bell watch.');
  if (skipped.length === 1 && !only.isFine) throw new Failure(`${only.id}: ${only.why}`, cureFor(only));
  if (only.id === name) throw new Failure(`${name} ${only.why}`, 'Raise the version in package.json, or add --force.');
}

function cureFor({ id, why }: Skipped): string {
  if (why === 'does not answer') return 'Give it power and a network; what it said last is in bell watch.';
  if (why === 'there is no key for it') return `Make one with bell key ${id}, and put it on the device over USB.`;
  return why.includes('newer') ? 'Add --force to go back to an older one.' : '';
}

async function imagesFor({ targets }: Plan, { make }: Request): Promise<Map<string, PushedImage>> {
  const boards = [...new Set(targets.map(({ board }) => board))].map((id) => findBoard(id)!);
  return new Map(await Promise.all(boards.map(async (board): Promise<[string, PushedImage]> => {
    return [board.id, await make(board)];
  })));
}
