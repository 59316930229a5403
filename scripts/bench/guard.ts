import type { Edge } from '../lib/console-text.ts';

/** One stroke: when the relay was switched on and off, ms. */
export interface Stroke {
  readonly on: number;
  readonly off: number;
}

/** The strokes in the edges of a relay. Edges that the trace reports late are put in order. */
export function strokesOf(edges: readonly Edge[], level: 0 | 1): Stroke[] {
  const strokes: Stroke[] = [];
  let on: number | undefined;
  for (const edge of [...edges].sort((a, b) => a.ms - b.ms)) {
    if (edge.level === level) on ??= edge.ms;
    else if (on !== undefined) {
      strokes.push({ on, off: edge.ms });
      on = undefined;
    }
  }
  return strokes;
}

/** The most time that the relay was on in any window of so many ms. */
export function mostOnTime(strokes: readonly Stroke[], window: number): number {
  // The worst window ends with a stroke.
  return Math.max(0, ...strokes.map((last) => strokes.reduce((sum, { on, off }) => {
    return sum + Math.max(0, Math.min(off, last.off) - Math.max(on, last.off - window));
  }, 0)));
}

/** The shortest silence between two strokes, ms; `Infinity` when there are not two. */
export function shortestRest(strokes: readonly Stroke[]): number {
  return Math.min(...strokes.slice(1).map(({ on }, index) => on - strokes[index]!.off));
}

/** The value below which so many of a hundred lie (nearest rank). `NaN` when there are none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? NaN;
}
