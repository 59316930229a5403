import { isWithin, type Span } from './nodes.ts';

/** Takes a step again and again, until it changes nothing. */
export function untilSettled(code: string, step: (code: string) => string): string {
  for (;;) {
    const next = step(code);
    if (next === code) return code;
    code = next;
  }
}

/**
 * What can change at once, because to parse and resolve the text again takes longest: whatever overlaps with one that
 * was chosen before waits for the next round, its text is about to change.
 */
export function independent<T>(candidates: readonly T[], spansOf: (one: T) => readonly Span[]): T[] {
  const chosen: T[] = [];
  const taken: Span[] = [];
  for (const one of candidates) {
    const spans = spansOf(one);
    if (spans.some((span) => taken.some((other) => isWithin(span, other) || isWithin(other, span)))) continue;
    chosen.push(one);
    taken.push(...spans);
  }
  return chosen;
}
