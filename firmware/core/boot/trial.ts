import type { Crc } from '../bytes.ts';
import type { Store } from '../contracts.ts';
import { endTrial } from './choose.ts';
import { writeJournal, readJournal } from './journal.ts';
import { NOT_LOST, SENT_BACK, setFailures } from './state.ts';
import type { Slot } from './state.ts';

/**
 * Asks the loader to start the image in `slot` on trial from the next start on. The running image
 * must be in the other slot, and confirmed. '' or why not.
 */
export function requestTrial(store: Store, crc: Crc, slot: Slot): string {
  const journal = readJournal(store, crc);
  const state = journal.state;
  if (state.trial || state.open) return 'the running image is not confirmed';
  if (state.slot === slot) return 'that slot is running';
  state.home = (1 - slot) as Slot;
  state.trial = 1;
  state.loss = NOT_LOST;
  setFailures(state, slot, 0);
  return writeJournal(store, crc, journal) ? '' : 'the journal cannot be written';
}

/**
 * Goes back to the image in the other slot from the next start on: ends a trial, or makes the
 * other slot the one at home. It is fallen back from like any other when it does not run.
 */
export function requestBack(store: Store, crc: Crc): string {
  const journal = readJournal(store, crc);
  const state = journal.state;
  if (state.trial) {
    endTrial(state, SENT_BACK);
  } else {
    state.home = (1 - state.slot) as Slot;
    state.loss = SENT_BACK;
    setFailures(state, state.home, 0);
  }
  state.open = 0;
  return writeJournal(store, crc, journal) ? '' : 'the journal cannot be written';
}
