import type { Asked } from '../../firmware/core/boot/books.ts';
import { readJournal, writeJournal } from '../../firmware/core/boot/journal.ts';
import { answer } from '../../firmware/core/boot/trial.ts';
import type { Store } from '../../firmware/core/contracts.ts';
import { crc } from './crc.ts';

/** Asks the loader's books as a running image does. `fault` is what is wrong with the image in the other slot. */
export function askBooks(store: Store, event: number, fault = ''): Required<Asked> {
  const journal = readJournal(store, crc);
  const asked: Asked = { event, fault };
  answer(journal.state, asked);
  if (!writeJournal(store, crc, journal)) asked.fault = 'the journal cannot be written';
  return asked as Required<Asked>;
}
