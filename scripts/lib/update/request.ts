import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Board } from '../../../boards/board.ts';
import { isSet, textOf, type Io, type Values } from '../command.ts';
import { bundleApart } from '../build-apart.ts';
import { Failure } from '../failure.ts';
import { makeImage } from '../image.ts';
import { version } from '../paths.ts';
import { pretokenise } from '../pretokenise.ts';
import { toNumber } from '../ring-request.ts';
import { readImage, type PushedImage } from './image-file.ts';
import type { Wish } from './plan.ts';
import type { Deed } from './rollout.ts';
import { checkStages, readAmount, STAGES, type Amount } from './stages.ts';

/** What somebody wants to be rolled out, and how. */
export interface Request {
  /** A device, a group, or all. */
  readonly name: string;
  readonly wish: Wish;
  readonly stages: string;
  readonly limit: Amount;
  /** How long to wait for the roll call, ms. */
  readonly waitMs: number;
  /** Gives the image for a board. */
  make(board: Board): Promise<PushedImage>;
}

/** What the options of `bell update` ask for. Throws a Failure for those that make no sense. */
export function readRequest(name: string, values: Values, io: Io): Request {
  const stages = textOf(values, 'stages') ?? STAGES;
  checkStages(stages);
  const given = givenImage(values, io);
  const deed = deedOf(values);
  const wished = given?.version ?? version();
  return {
    name,
    wish: {
      do: deed, force: isSet(values, 'force'), version: deed === 'run' ? wished : '',
      ...(given ? { board: given.board } : {}),
    },
    stages,
    limit: readAmount('max-failures', textOf(values, 'max-failures') ?? '2%'),
    waitMs: toNumber('wait', textOf(values, 'wait') ?? '5') * 1000,
    make: async (board) => given ?? buildImage(board, await bundleApart(board, wished, io.signal), wished),
  };
}

/** The image of a bundle, as it is pushed: tokenised, as it is flashed. */
export function buildImage(board: Board, bundle: string, its: string): PushedImage {
  return readImage(makeImage(board, pretokenise(bundle), its), `${board.id}.image`);
}

function deedOf(values: Values): Deed {
  if (isSet(values, 'rollback')) return 'back';
  return isSet(values, 'new-key') ? 'key' : 'run';
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
