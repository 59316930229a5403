/** Bytes of what was made for one board. */
export interface BoardSizes {
  /** The bundle as text; the image has it tokenised. */
  readonly bundle: number;
  readonly image: number;
  readonly budget: number;
  readonly loaderText: number;
  readonly loader: number;
  /** The loader fills whole pages; this is where the next one would begin. */
  readonly loaderBudget: number;
  /** Bytes of the program of the access point, 0 where there is none. */
  readonly portal: number;
  readonly storage: number;
}

/** What `dist/sizes.json` holds. */
export interface Sizes {
  readonly version: string;
  readonly boards: Readonly<Record<string, BoardSizes>>;
  /** Bytes of `MQTT.js`. */
  readonly module: number;
}

/** The table that a build prints. */
export function sizeTable({ boards, module }: Sizes): string {
  const rows = Object.entries(boards).map(([id, size]) => [
    id, count(size.bundle), count(size.image), count(size.budget), `${Math.round((100 * size.image) / size.budget)} %`,
    count(size.loader), count(size.loaderBudget), count(size.portal),
  ]);
  const lines = align([['board', 'bundle', 'image', 'budget', 'used', 'loader', 'room', 'portal'], ...rows]);
  return [...lines, '', `MQTT.js has ${count(module)} bytes.`, ''].join('\n');
}

function count(bytes: number): string {
  return bytes.toLocaleString('en-GB');
}

/** Columns of equal width: the first to the left, figures to the right. */
function align(rows: string[][]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row
    .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
    .join('  '));
}
