import { readJournal, writeJournal } from '../../firmware/core/boot/journal.ts';
import type { State } from '../../firmware/core/boot/state.ts';
import type { Store } from '../../firmware/core/contracts.ts';
import { crc } from './crc.ts';

/** Changes what the journal says. Gives false when it cannot be written. */
export function book(store: Store, change: (state: State) => void): boolean {
  const journal = readJournal(store, crc);
  change(journal.state);
  return writeJournal(store, crc, journal);
}
