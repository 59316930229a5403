import { inlineConstants } from './in-place/constants.ts';
import { moveFunctions } from './in-place/functions.ts';
import { dropAliases, scatterObjects } from './in-place/scalars.ts';
import { inlineExpressions } from './in-place/inline.ts';
import { untilSettled } from './in-place/rounds.ts';
import { sinkFunctions } from './in-place/sink.ts';
import { spliceFactories } from './in-place/splice.ts';

/**
 * Saves variables on the device: what is used once need not live all the time.
 *
 * - A constant that is a number or a short string is written where it is used.
 * - A factory that is called once is put where the call is, and what it gives back falls apart into
 *   names: `in-place/splice.ts` says what a scope costs.
 * - A function that only evaluates one expression is written where it is called.
 * - A function that is used in one place becomes a function expression at that place, so that it
 *   exists only while that place runs. `in-place/functions.ts` says when this is left alone.
 * - A function that only one other uses is made at the head of that one.
 *
 * `code` is one function expression and stays one; what it does stays the same. `keep` names
 * functions that are not to be moved. The work is repeated until nothing changes, because a
 * function that moves takes with it the only use of the next one.
 */
export function putInPlace(code: string, keep: ReadonlySet<string> = new Set()): string {
  return untilSettled(code, (last) => {
    const flat = dropAliases(scatterObjects(spliceFactories(inlineConstants(last))));
    return sinkFunctions(moveFunctions(inlineExpressions(flat, keep), keep), keep);
  });
}
