import type { Board } from '../../boards/board.ts';
import { consoleReader } from '../../scripts/lib/console-text.ts';
import type { Edge } from '../../scripts/lib/console-text.ts';
import { addFile } from '../../scripts/lib/storage-file.ts';
import { traceShim } from '../../scripts/lib/trace-shim.ts';
import { createBoard, memoryNetwork, VirtualTime } from '../../simulator/index.ts';
import type { MemoryNetwork } from '../../simulator/memory-network.ts';
import type { Answer, Board as SimulatedBoard, BoardOptions, Time } from '../../simulator/index.ts';
import type { Hardware, RelayEdge } from './bell.ts';
import type { Waiting } from './waiting.ts';
import type { Wire } from './wire.ts';

/** A bell's hardware that is a simulated board. */
export interface SimulatedHardware extends Hardware {
  readonly board: SimulatedBoard;
  readonly network: MemoryNetwork;
}

/** A simulated board with this Storage, at the end of a wire; `answer` answers its datagrams. */
export function bellOnBoard(
  kind: Board, storage: Uint8Array, wire: Wire, time: Time, waiting: Waiting,
  { answer, ...options }: Partial<BoardOptions> & { readonly answer?: Answer } = {},
): SimulatedHardware {
  const network = memoryNetwork(() => wire.dial(), answer);
  const relay: RelayEdge[] = [];
  const edge = ({ pin, level, ms }: Edge) => {
    const on = level === kind.relay.on ? 1 : 0;
    if (pin === kind.relay.pin && on !== (relay.at(-1)?.on ?? 0)) relay.push({ on, ms });
    waiting.look();
  };
  const board = createBoard({ chip: kind.chip, storage, time, network, ...options, ...tracing(kind, storage, edge) });
  board.on('edge', edge);
  return {
    board,
    network,
    relay,
    isExact: kind.chip !== 'linux' && time instanceof VirtualTime,
    plug: () => board.plug(),
    unplug: async () => board.unplug(),
    dispose: async () => board.unplug(),
  };
}

/** Linux has no pins: there the console tells of edges. */
function tracing(kind: Board, storage: Uint8Array, onEdge: (edge: Edge) => void): Partial<BoardOptions> {
  if (kind.chip !== 'linux') return {};
  const read = consoleReader({ onEdge });
  return { storage: addFile(storage, '.boot0', traceShim), onConsole: (line) => read(`${line}\n`) };
}
