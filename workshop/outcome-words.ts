import type { Outcome } from '../firmware/core/bell/outcome.ts';

/** How a ring ended, for people: a bell's name and a colon can stand in front. */
const WORDS: Record<Outcome, string> = {
  rung: 'rung',
  stopped: 'cut short',
  busy: 'refused: another ring was sounding',
  locked: 'refused: the rest after the last ring had not ended',
  hot: 'refused: the coil has to cool down',
  muted: 'refused: the bell is muted',
  duplicate: 'refused: this ring was heard before',
  stale: 'refused: it came too late, or may have waited',
  retained: 'refused: a retained message is no ring',
  invalid: 'refused: the payload cannot be rung',
};

/** An outcome in words, with the device's own reason and how long the relay was on, ms, where there is one. */
export function outcomeInWords({ outcome, reason, ms }: { outcome: string; reason?: string; ms?: number }): string {
  const words = Object.hasOwn(WORDS, outcome) ? WORDS[outcome as Outcome] : outcome;
  return words + (reason && reason !== outcome ? ` (${reason})` : '') + (ms ? `, ${duration(ms)}` : '');
}

/** A length of time in ms, in the unit that reads best. */
export function duration(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  if (ms < 120_000) return `${ms / 1000} s`;
  return `${Math.round(ms / 6000) / 10} min`;
}
