import type { Board } from './board.ts';
import d1Mini from './d1-mini.ts';
import esp12fRelay from './esp12f-relay.ts';
import esp32C3Supermini from './esp32-c3-supermini.ts';
import esp32Devkit from './esp32-devkit.ts';
import esp32RelayX1 from './esp32-relay-x1.ts';
import esp32S3Devkitc from './esp32-s3-devkitc.ts';
import linux from './linux.ts';
import m5Atom from './m5-atom.ts';
import nodemcu from './nodemcu.ts';
import tRelay8 from './t-relay-8.ts';

/** Every board, in the order in which lists show them. */
export const boards: readonly Board[] = [
  d1Mini, nodemcu, esp12fRelay, esp32Devkit, esp32RelayX1, tRelay8, m5Atom, esp32C3Supermini, esp32S3Devkitc, linux,
];

/** The board called `id`, or undefined. */
export function findBoard(id: string): Board | undefined {
  return boards.find((board) => board.id === id);
}
