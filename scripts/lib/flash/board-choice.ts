import { interpreterOf, type RomChip } from '../../../boards/interpreters.ts';
import type { Board } from '../../../boards/board.ts';
import { HEADER, parseHeader, slotOffset } from '../../../firmware/core/boot/image.ts';
import { FIRST_UNIT } from '../../../firmware/core/layout.ts';
import { PortFailure } from './port-failure.ts';
import type { RomLoader } from './rom-loader.ts';

/** The boards that may be the one at the port. Throws a PortFailure when none has this chip. */
export function candidatesFor(chip: RomChip, boards: readonly Board[]): Board[] {
  const candidates = boards.filter((board) => interpreterOf(board)?.rom === chip);
  if (candidates.length > 0) return candidates;
  const [named] = boards;
  if (boards.length !== 1 || !named) throw new PortFailure('wrong-chip', `No board has an ${chip}`, 'See bell boards.');
  const expected = interpreterOf(named)?.rom ?? 'none that is flashed over USB';
  throw new PortFailure(
    'wrong-chip', `The chip at this port is an ${chip}; ${named.title} has ${expected}`,
    'Leave --board out, or name the board that is plugged in.',
  );
}

/** The candidate that the device was flashed for before, by the image in its slot a. */
export async function boardOn(rom: Pick<RomLoader, 'read'>, candidates: readonly Board[]): Promise<Board | undefined> {
  const addresses = new Set(candidates.map(({ storage, slotUnits }) => {
    return storage.address + 32 + FIRST_UNIT + slotOffset(0, slotUnits);
  }));
  for (const address of addresses) {
    const bytes = await rom.read(address, HEADER);
    const header = parseHeader(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    const board = candidates.find(({ id }) => id === header?.board);
    if (board) return board;
  }
  return undefined;
}
