/** A table of figures. Cells that are numbers are printed to the right, with their thousands apart. */
export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export type Cell = string | number;

/** One part of the report: what was measured, how, and the figures. */
export interface Section {
  /** Names its block in docs/performance.md. */
  readonly id: string;
  readonly title: string;
  /** Sentences that say how it was measured, and what was skipped. */
  readonly notes: readonly string[];
  readonly tables: readonly Table[];
}

/** A section as text for a terminal. */
export function sectionText({ title, notes, tables }: Section): string {
  const parts = [`== ${title} ==`, ...notes, ...tables.map(tableText)];
  return `${parts.join('\n\n')}\n\n`;
}

/** A section as Markdown, without a heading: that is the page's. */
export function sectionMarkdown({ notes, tables }: Section): string {
  return [...notes, ...tables.map(tableMarkdown)].join('\n\n');
}

function tableText({ title, head, rows }: Table): string {
  const cells = [head, ...rows.map((row) => row.map(cellText))];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  const lines = cells.map((row, index) => row.map((cell, column) => {
    const isFigure = index === 0 ? isFigures(rows, column) : typeof rows[index - 1]![column] === 'number';
    return isFigure ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!);
  }).join('  ').trimEnd());
  return [title, ...lines].join('\n');
}

function tableMarkdown({ title, head, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (isFigures(rows, column) ? '---:' : '---'));
  return [`**${title}**`, '', line(head), line(rule), ...rows.map((row) => line(row.map(cellText)))].join('\n');
}

function isFigures(rows: Table['rows'], column: number): boolean {
  return rows.some((row) => typeof row[column] === 'number');
}

function cellText(cell: Cell): string {
  return typeof cell === 'number' ? cell.toLocaleString('en-GB', { maximumFractionDigits: 2 }) : cell;
}
