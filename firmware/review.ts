/**
 * The second of the loader's three programs: what is to be done about updates? A running image asks by setting the
 * global `asked` and having a timer evaluate the loader once more (docs/loader.md).
 */
import { asked } from './asked.ts';
import { slotOffset } from './core/boot/image.ts';
import { readJournal, writeJournal } from './core/boot/journal.ts';
import type { Store } from './core/contracts.ts';
import { review } from './core/update/review.ts';
import { digest } from './hal/digest.ts';
import { createStore } from './hal/store.ts';
import { storedSettings } from './hal/stored.ts';

/** What is taken from the settings: they are large, and let go at once. */
function identity(store: Store): { id: string; prefix: string } {
  const settings = storedSettings(store);
  return { id: settings.id, prefix: settings.prefix };
}

const store = createStore();
const own = identity(store);
const journal = readJournal(store, E.CRC32);
review(asked, {
  store,
  crc: E.CRC32,
  digest,
  state: journal.state,
  id: own.id,
  prefix: own.prefix,
  board: BOARD.id,
  slotUnits: BOARD.slotUnits,
  maxPacket: BOARD.maxPacket,
  base: slotOffset(1 - journal.state.slot, BOARD.slotUnits),
  book: () => writeJournal(store, E.CRC32, journal),
});
delete asked.manifest;
asked.done();
