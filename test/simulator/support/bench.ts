import { createBoard, memoryNetwork, VirtualTime } from '../../../simulator/index.ts';
import type { Board, BoardOptions, FaultyNetwork } from '../../../simulator/index.ts';

type Files = Readonly<Record<string, string>>;

/** Content of Storage with these files, one after the other. */
export function storageImage(files: Files): Uint8Array {
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
export async function boot(code: string, options: Partial<BoardOptions> = {}, files: Files = {}): Promise<Bench> {
  const bench = makeBench(code, options, files);
  bench.board.plug();
  await bench.time.advance(1000);
  return bench;
}

/** The same without power. */
export function makeBench(code: string, options: Partial<BoardOptions> = {}, files: Files = {}): Bench {
  const time = new VirtualTime();
  const network = memoryNetwork((host) => {
    if (host.endsWith('.invalid')) throw new Error('no such host');
    return undefined;
  });
  const lines: string[] = [];
  const board = createBoard({
    chip: 'esp8266', storage: storageImage({ ...files, '.bootcde': code }), time, network,
    onConsole: (line) => { lines.push(line); }, ...options,
  });
  return { board, time, network, lines };
}
