import type { Outcome } from './bell/outcome.ts';
import { int16, readInt16 } from './mqtt/packet.ts';

/** What is counted: each outcome of a ring, and what else an owner may ask for (docs/topics.md). */
export type Counted = Outcome | 'unreported' | 'skipped' | 'reconnects';

/** Their names, in the order of their counters. */
const NAMES = 'rung,stopped,busy,locked,hot,muted,duplicate,stale,retained,invalid,unreported,skipped,reconnects';

/** How many there are, and bytes of one. */
const MOST = 13;
const SIZE = 4;

/**
 * All counters at 0, in one string of bytes. It takes the same memory whatever they come to: an object would take more
 * with each name, and once more with each number that passes 1,023, so that a bell would seem to lose memory for weeks.
 */
export function noCounts(): string {
  return '\0'.repeat(SIZE * MOST);
}

/** The counters after this has happened once more. */
export function counted(counts: string, what: Counted): string {
  const at = SIZE * NAMES.split(',').indexOf(what);
  const low = readInt16(counts, at + 2) + 1;
  const high = readInt16(counts, at) + (low >> 16);
  return counts.substr(0, at) + int16(high) + int16(low & 65535) + counts.substr(at + SIZE);
}

/** What `stats` says: the hardware's figures, the seconds since the start, and how often what has happened since. */
export function statsOf(
  figures: { [key: string]: unknown }, uptime: number, counts: string,
): { [key: string]: unknown } {
  const happened: { [what: string]: number } = {};
  NAMES.split(',').forEach((name, place) => {
    const times = readInt16(counts, SIZE * place) * 65536 + readInt16(counts, SIZE * place + 2);
    if (times) happened[name] = times;
  });
  figures.uptime = uptime;
  figures.counts = happened;
  return figures;
}
