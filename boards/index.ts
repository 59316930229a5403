import type { Board } from './board.ts';
import d1Mini from './d1-mini.ts';
import esp32Devkit from './esp32-devkit.ts';
import linux from './linux.ts';
import nodemcu from './nodemcu.ts';

/** Every board, in the order in which lists show them. */
export const boards: readonly Board[] = [d1Mini, nodemcu, esp32Devkit, linux];

/** The board called `id`, or undefined. */
export function findBoard(id: string): Board | undefined {
  return boards.find((board) => board.id === id);
}
