import { createBoard, memoryNetwork, VirtualTime } from '../../../simulator/index.ts';
import type { Board, BoardOptions, FaultyNetwork } from '../../../simulator/index.ts';

/** Content of Storage with these files, one after the other. */
export function storageImage(files: Readonly<Record<string, string>>): Uint8Array {
  const parts = Object.entries(files).map(([name, content]) => {
    const bytes = Buffer.alloc(32 + ((content.length + 3) & ~3), 0xFF);
    bytes.fill(0, 0, 32);
    bytes.writeUInt32LE(content.length, 0);
    bytes.write(name, 4, 'latin1');
    bytes.write(content, 32, 'latin1');
    return bytes;
  });
  return new Uint8Array(Buffer.concat(parts));
}

export interface Bench {
  readonly board: Board;
  readonly time: VirtualTime;
  readonly network: FaultyNetwork;
  /** Lines that the board has printed. */
  readonly lines: string[];
}

/** A board with `code` as its boot code, plugged in and booted. */
export async function boot(code: string, options: Partial<BoardOptions> = {}, files: Record<string, string> = {}): Promise<Bench> {
  const bench = makeBench(code, options, files);
  bench.board.plug();
  await bench.time.advance(1000);
  return bench;
}

export function makeBench(code: string, options: Partial<BoardOptions> = {}, files: Record<string, string> = {}): Bench {
  const time = new VirtualTime();
  const network = memoryNetwork(() => undefined);
  const lines: string[] = [];
  const board = createBoard({
    chip: 'esp8266', storage: storageImage({ ...files, '.bootcde': code }), time, network,
    onConsole: (line) => { lines.push(line); }, ...options,
  });
  return { board, time, network, lines };
}
