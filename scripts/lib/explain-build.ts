import { Failure } from './failure.ts';
import { root } from './paths.ts';

/** What esbuild says when its own process has ended. */
const ENDED = /The service (was stopped|is no longer running)/;

/** What esbuild and rollup say about a source, as one Failure; anything else as it is. */
export function explainBuild(error: unknown): unknown {
  if (error instanceof Failure || !(error instanceof Error)) return error;
  if (ENDED.test(error.message)) {
    return new Failure('esbuild, which builds, was ended from outside', 'Start the command again.');
  }
  if (!('code' in error)) return error;
  const { cause } = error as { cause?: unknown };
  if (cause instanceof Failure) return cause;
  return new Failure(error.message.replaceAll(`${root}/`, ''));
}
