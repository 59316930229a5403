import { failures, lossText, NOT_LOST, SENT_BACK, setFailures } from './state.ts';
import type { State } from './state.ts';

/**
 * What became of the image in the other slot when it was started, since `clear` or `trial`: '' when nothing went wrong.
 */
export function lossOf(state: State): string {
  return failures(state, 1 - state.slot) ? lossText(state.loss) || 'failed' : '';
}

/** The other slot is about to get a new image: what became of the one before counts no more. */
export function clear(state: State): void {
  setFailures(state, 1 - state.slot, 0);
}

/** Has the image in the other slot started on trial, from the next start on. The running one must be confirmed. */
export function tryOther(state: State): void {
  clear(state);
  state.home = state.slot;
  state.trial = 1;
  state.loss = NOT_LOST;
}

/**
 * Makes the other image the one at home, from the next start on. It is fallen back from like any other when it does not
 * run. The running one must be confirmed.
 */
export function goBack(state: State): void {
  clear(state);
  state.home = (1 - state.slot) as State['home'];
  state.loss = SENT_BACK;
}
