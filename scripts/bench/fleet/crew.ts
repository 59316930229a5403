import { createBoard, realTime, tcpNetwork } from '../../../simulator/index.ts';
import type { Board } from '../../../simulator/index.ts';
import { KINDS, storageOf, type Member } from './cast.ts';
import { counted, type Traffic } from './traffic.ts';

/** Pause between two boards that are switched on, ms: starting one keeps the processor busy for some 15. */
const PLUG_EVERY = 20;

/** Simulated boards in real time on the network of this machine; whatever name they dial, it is a port of it. */
export class Crew {
  readonly traffic: Traffic = { dials: [], answers: [], sent: 0, received: 0 };
  private readonly boards = new Map<string, Board>();

  /** `speed` makes the time of the boards pass so many times faster. */
  constructor(private readonly speed = 1) {}

  /** Makes the boards and switches them on, one after the other. `portOf` says where each finds its broker. */
  async plug(
    members: readonly Member[], storages: Readonly<Record<string, Uint8Array>>, portOf: (id: string) => number,
  ): Promise<void> {
    const time = realTime(this.speed);
    for (const member of members) {
      const { id, board, mac } = member;
      const network = tcpNetwork({ map: () => ({ host: '127.0.0.1', port: portOf(id) }) });
      const made = createBoard({
        chip: KINDS.find((kind) => kind.id === board)!.chip,
        mac,
        storage: storageOf(member, storages),
        time,
        network: counted(network, this.traffic),
      });
      this.boards.set(id, made);
      made.plug();
      await new Promise((done) => setTimeout(done, PLUG_EVERY));
    }
  }

  /** The board of a member. */
  board(id: string): Board {
    return this.boards.get(id)!;
  }

  /** Restarts of all chips so far: into a new image, or because one went wrong. */
  get restarts(): number {
    return [...this.boards.values()].reduce((sum, { restarts }) => sum + restarts, 0);
  }

  unplug(): void {
    for (const board of this.boards.values()) board.unplug();
  }
}
