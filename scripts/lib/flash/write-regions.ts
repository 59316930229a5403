import { interrupted } from './port-failure.ts';
import { PIECE, type RomLoader } from './rom-loader.ts';

/** Bytes and their place in flash. */
export interface Region {
  /** What it is, for a person. */
  readonly name: string;
  readonly address: number;
  readonly data: Uint8Array;
  /** The chip writes here itself: no reason to write it again as long as all else is right. */
  readonly isAlive?: boolean;
}

/** How far writing has come. */
export interface Writing {
  /** 0 to 1, of all bytes. */
  readonly share: number;
  /** Bytes that there are in all. */
  readonly total: number;
  /** What is being compared or written. */
  readonly name: string;
}

/**
 * Makes the flash hold these regions: each piece is compared first, written only when it differs,
 * and compared again. Gives the bytes that had to be written; 0: all was right. Ends between two
 * pieces when `signal` is aborted, and goes on there when it is called again.
 */
export async function writeRegions(
  rom: Pick<RomLoader, 'holds' | 'write'>, regions: readonly Region[], tell: (at: Writing) => void, signal: AbortSignal,
): Promise<number> {
  const pieces = regions.flatMap(cut);
  const total = pieces.reduce((sum, { data }) => sum + data.length, 0);
  let done = 0;
  let written = 0;
  const isRight = async ({ name, address, data }: Region) => {
    if (signal.aborted) throw interrupted();
    tell({ share: done / total, total, name });
    done += data.length;
    return rom.holds(address, data);
  };
  const write = async ({ address, data }: Region) => {
    await rom.write(address, data);
    written += data.length;
  };
  // What is alive comes before the first difference is gone, or nobody would know that it has to be written.
  const alive = pieces.filter(({ isAlive }) => isAlive);
  for (const piece of pieces.filter(({ isAlive }) => !isAlive)) {
    if (await isRight(piece)) continue;
    for (const other of alive.splice(0)) if (!(await isRight(other))) await write(other);
    await write(piece);
  }
  tell({ share: 1, total, name: regions.at(-1)?.name ?? '' });
  return written;
}

function cut(region: Region): Region[] {
  const count = Math.ceil(region.data.length / PIECE);
  return Array.from({ length: count }, (_, index) => ({
    ...region,
    address: region.address + index * PIECE,
    data: region.data.subarray(index * PIECE, (index + 1) * PIECE),
  }));
}
