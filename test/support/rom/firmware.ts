import type { Board } from '../../../boards/board.ts';
import { createBoard, realTime, tcpNetwork } from '../../../simulator/index.ts';
import type { Board as SimulatedBoard } from '../../../simulator/index.ts';
import { BoardConsole } from '../board-console.ts';
import type { FakeChip } from './chip.ts';

/**
 * Lets a chip run what is in its flash: whenever it starts its program, a simulated board boots from
 * the very bytes that were flashed, and what it writes to flash is there afterwards. `host` is where
 * any broker that it asks for is reached.
 */
export function runFirmware(chip: FakeChip, kind: Board, host: { host: string; port: number }): { stop(): void } {
  const { address, pageSize, pages } = kind.storage;
  const area = chip.flash.bytes.subarray(address, address + pageSize * pages);
  let board: SimulatedBoard | undefined;
  const stop = () => {
    if (board) area.set(board.flash.bytes);
    board?.unplug();
    board = undefined;
  };
  chip.onAppEnd = stop;
  chip.onApp = (send) => {
    board = createBoard({
      chip: kind.chip,
      mac: chip.mac.map((byte) => byte.toString(16).padStart(2, '0')).join(':'),
      storage: Uint8Array.from(area),
      time: realTime(),
      network: tcpNetwork({ map: () => host }),
      onConsole: (line) => send(`${line}\r\n`),
    });
    board.plug();
    const end = new BoardConsole(() => board, send);
    return (bytes) => end.receive(bytes);
  };
  return { stop };
}
