import type { TestContext } from 'node:test';
import type { Board as Kind } from '../../boards/board.ts';
import d1Mini from '../../boards/d1-mini.ts';
import { buildBoard } from '../../scripts/lib/build.ts';
import { createBoard, realTime, tcpNetwork, type Board } from '../../simulator/index.ts';
import { BoardConsole } from './board-console.ts';
import { ConsolePort } from './console-port.ts';

/** The Storage of a new board, built from the sources. */
export async function storageOf(kind: Kind): Promise<Uint8Array> {
  return (await buildBoard(kind)).files[`${kind.id}.storage`] as Uint8Array;
}

/** A simulated D1 mini that runs what is in this Storage, with its console at a port. */
export function plugIn(t: TestContext, storage: Uint8Array, kind: Kind = d1Mini): {
  board: Board; port: ConsolePort; console: BoardConsole;
} {
  const port = new ConsolePort();
  const board = createBoard({
    chip: kind.chip, storage, time: realTime(), network: tcpNetwork(), onConsole: (line) => port.say(`${line}\r\n`),
  });
  const console = new BoardConsole(() => board, (text) => port.say(text));
  port.onBytes = (bytes) => console.receive(bytes);
  board.plug();
  t.after(() => board.unplug());
  return { board, port, console };
}
