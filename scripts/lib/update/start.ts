import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { findBoard } from '../../../boards/index.ts';
import { buildBoard } from '../build.ts';
import { isSet, textOf, type Io, type Values } from '../command.ts';
import { Failure } from '../failure.ts';
import { version } from '../paths.ts';
import { toNumber } from '../ring-request.ts';
import { readImage, type PushedImage } from './image-file.ts';
import { makePlan, type Plan, type Wish } from './plan.ts';
import { callRoll } from './roll-call.ts';
import type { Deed } from './rollout.ts';
import type { Desk } from './runner.ts';
import { readAmount, readStages, STAGES } from './stages.ts';
import type { Skipped } from './words.ts';

type Start = Pick<Desk, 'client' | 'prefix' | 'book' | 'keys' | 'signal'>;

/** Calls the roll, plans, and gives the images that are needed; undefined when nobody is to be updated. */
export async function startRollout(
  name: string, values: Values, { client, prefix, book, keys, signal }: Start, io: Io,
): Promise<Map<string, PushedImage> | undefined> {
  const given = givenImage(values, io);
  const wish: Wish = {
    do: deedOf(values), force: isSet(values, 'force'), version: wishedVersion(values, given),
    ...(given ? { board: given.board } : {}),
  };
  const stages = textOf(values, 'stages') ?? STAGES;
  const limit = readAmount('max-failures', textOf(values, 'max-failures') ?? '2%');
  readStages(stages, 100);
  const wait = toNumber('wait', textOf(values, 'wait') ?? '5') * 1000;
  io.err.write('Calling the roll…\n');
  const roll = await callRoll(client, prefix, name, wait, signal);
  if (signal.aborted) throw new Failure('Interrupted before anything was sent');
  const plan = makePlan(roll.answered, roll.silent, keys, wish);
  checkPlan(name, plan);
  const images = wish.do === 'run' ? await imagesFor(plan, given) : new Map<string, PushedImage>();
  book.begin({
    do: wish.do, name, version: wish.version, force: wish.force, startedAt: Date.now(), limit,
    ends: readStages(stages, plan.targets.length), stage: 0, state: plan.targets.length ? 'running' : 'done',
    targets: plan.targets,
  }, plan.skipped, new Map([...images].map(([board, { bytes }]) => [board, bytes])));
  return plan.targets.length ? images : undefined;
}

function deedOf(values: Values): Deed {
  if (isSet(values, 'rollback')) return 'back';
  return isSet(values, 'new-key') ? 'key' : 'run';
}

function wishedVersion(values: Values, given: PushedImage | undefined): string {
  if (deedOf(values) !== 'run') return '';
  return given?.version ?? version();
}

function givenImage(values: Values, io: Io): PushedImage | undefined {
  const name = textOf(values, 'image');
  if (name === undefined) return undefined;
  try {
    return readImage(readFileSync(resolve(io.cwd, name)), name);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`There is no file ${name}`);
  }
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

async function imagesFor({ targets }: Plan, given: PushedImage | undefined): Promise<Map<string, PushedImage>> {
  if (given) return new Map([[given.board.id, given]]);
  const boards = [...new Set(targets.map(({ board }) => board))].map((id) => findBoard(id)!);
  const built = boards.map(async (board): Promise<[string, PushedImage]> => {
    const { files } = await buildBoard(board);
    const file = `${board.id}.image`;
    return [board.id, readImage(Buffer.from(files[file] as Uint8Array), file)];
  });
  return new Map(await Promise.all(built));
}
