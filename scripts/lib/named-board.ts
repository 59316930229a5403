import type { Board } from '../../boards/board.ts';
import { boards, findBoard } from '../../boards/index.ts';
import { refused } from '../../boards/refused.ts';
import { Failure } from './failure.ts';

/** The board called `id`. Throws a Failure: with the reason for a board that was looked at and refused. */
export function namedBoard(id: string): Board {
  const board = findBoard(id);
  if (board) return board;
  const no = refused.find((one) => one.id === id);
  if (no) throw new Failure(`${no.title} cannot be a bell. ${no.reason}`, no.instead);
  throw new Failure(`There is no board "${id}"`, `Known are ${boards.map((known) => known.id).join(', ')}.`);
}
