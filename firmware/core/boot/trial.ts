import { BACK, CLEAR, TRY } from './books.ts';
import type { Asked } from './books.ts';
import { failures, lossText, NOT_LOST, SENT_BACK, setFailures } from './state.ts';
import type { State } from './state.ts';

/**
 * Answers what a running image asks of the loader, and changes the state as it asks. `asked.fault` says already why the
 * image in the other slot must not run. Neither a trial nor a way back begins before the running image is confirmed.
 */
export function answer(state: State, asked: Asked): void {
  const event = asked.event;
  const other = 1 - state.slot;
  asked.loss = failures(state, other) ? lossText(state.loss) || 'failed' : '';
  asked.back = state.loss === SENT_BACK;
  if (event < CLEAR) return;
  if (state.trial || state.open) asked.fault = 'the running image is not confirmed';
  else if (event === CLEAR) {
    asked.fault = '';
    setFailures(state, other, 0);
  } else if (!asked.fault) {
    state.home = (event === TRY ? state.slot : other) as State['home'];
    state.trial = event === TRY ? 1 : 0;
    state.loss = event === BACK ? SENT_BACK : NOT_LOST;
    setFailures(state, other, 0);
  }
}
