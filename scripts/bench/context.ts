import type { Progress } from '../lib/progress.ts';
import type { Layout } from './layout.ts';

/** What every part of the benchmark gets. */
export interface Context {
  /** The interpreter, and what it is. */
  readonly bin: string;
  readonly layout: Layout;
  /** The short run: fewer messages, coarser peaks. */
  readonly quick: boolean;
  /** How many messages are sent to look for growth; a hundredth as many reconnections. */
  readonly messages: number;
  readonly progress: Progress;
}
