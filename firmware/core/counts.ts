import type { Outcome } from './bell/outcome.ts';

/** What is counted: each outcome of a ring, and what else an owner may ask for (docs/topics.md). */
export type Counted = Outcome | 'unreported' | 'skipped' | 'reconnects';

/** Their names, each in its place of `counts`. */
const NAMES = 'uptime,rung,stopped,busy,locked,hot,muted,duplicate,stale,retained,invalid,unreported,skipped,'
  + 'reconnects';

/** The place of the seconds since the start. */
export const UPTIME = 0;

/**
 * Makes counters, all 0. They take the same memory whatever they come to: an object would take more with each name, and
 * once more with each number that passes 1,023, so that a bell would seem to lose memory for weeks.
 */
export function createCounts(): Uint32Array {
  return new Uint32Array(14);
}

/** The place of what is counted under this name. */
export function placeOf(what: Counted): number {
  return NAMES.split(',').indexOf(what);
}

/** What `stats` says: the hardware's figures, the seconds since the start, and how often what has happened since. */
export function statsOf(figures: { [key: string]: unknown }, counts: Uint32Array): { [key: string]: unknown } {
  const happened: { [what: string]: number } = {};
  NAMES.split(',').forEach((name, place) => {
    const times = counts[place]!;
    if (place !== UPTIME && times) happened[name] = times;
  });
  figures.uptime = counts[UPTIME];
  figures.counts = happened;
  return figures;
}
