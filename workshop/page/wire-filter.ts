import type { WireRow } from '../messages.ts';

/** What of the wire is shown. */
export interface Filter {
  /** Words that must all occur in a row. */
  readonly text: string;
  /** Client id, or empty for all. */
  readonly client: string;
  /** Whether pings and acknowledgements are shown too. */
  readonly all: boolean;
}

/** Packets that keep a connection going and say nothing by themselves. */
const UPKEEP = new Set(['PINGREQ', 'PINGRESP', 'PUBACK', 'PUBREC', 'PUBREL', 'PUBCOMP']);

/** The rows that pass the filter, in the order given. */
export function filterRows(rows: readonly WireRow[], filter: Filter): readonly WireRow[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if (filter.client && row.client !== filter.client) return false;
    if (!filter.all && UPKEEP.has(row.type)) return false;
    const text = [row.client, row.type, row.topic, row.payload, row.note].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The clients that occur in the rows and the one that is `chosen`, each once, in alphabetical order. */
export function clientsIn(rows: readonly WireRow[], chosen = ''): string[] {
  return [...new Set([chosen, ...rows.map((row) => row.client)])].filter(Boolean).sort();
}
