import { word } from '../bytes.ts';
import type { Crc } from '../bytes.ts';
import type { Store } from '../contracts.ts';
import { JOURNAL, UNIT } from '../layout.ts';
import { packState, unpackState } from './state.ts';
import type { State } from './state.ts';

/**
 * The loader's memory: entries of 8 bytes, appended to two units in turn.
 *
 * An entry is the whole state (16 bits), a number that counts up (16 bits), and the CRC-32 of
 * these four bytes, least significant byte first. It counts only when its CRC is right, so a write
 * that the power cut short is as if it had never begun. Only the unit without the newest entry is
 * ever erased, so there is always one to go back to.
 */
export interface Journal {
  /** Change it, then `writeJournal`. */
  state: State;
  /** What the newest entry says, packed. */
  written: number;
  /** Number of the newest entry. */
  count: number;
  /** Where the next entry goes, bytes from the start of the region; -1 when a unit must be erased first. */
  next: number;
  /** The unit of the newest entry. */
  unit: number;
}

const ENTRY = 8;
const ERASED = '\xff\xff\xff\xff\xff\xff\xff\xff';

/** Entries that are looked at from the end backwards: as many writes in a row may have been cut short. */
const LOOK_BACK = 16;

/** Offset in a unit of the first entry that was never written; `UNIT` when it is full. */
function endOf(page: string): number {
  let low = 0;
  let high = UNIT / ENTRY;
  while (low < high) {
    const middle = low + high >> 1;
    if (page.substr(middle * ENTRY, ENTRY) === ERASED) high = middle;
    else low = middle + 1;
  }
  return low * ENTRY;
}

/** The first four bytes of the last entry before `end` whose CRC is right, or ''. */
function lastEntry(page: string, crc: Crc, end: number): string {
  for (let at = end - ENTRY; at >= 0 && at >= end - LOOK_BACK * ENTRY; at -= ENTRY) {
    const body = page.substr(at, 4);
    if (word(crc(body)) === page.substr(at + 4, 4)) return body;
  }
  return '';
}

function int16(bytes: string, at: number): number {
  return bytes.charCodeAt(at) | bytes.charCodeAt(at + 1) << 8;
}

/** Reads the journal: the newest entry of both units, or the first state of all. Never throws. */
export function readJournal(store: Store, crc: Crc): Journal {
  const journal: Journal = { state: unpackState(0), written: 0, count: 0, next: -1, unit: JOURNAL[1] as number };
  let found = 0;
  for (let i = 0; i < 2; i++) {
    const unit = JOURNAL[i] as number;
    const page = store.read(unit * UNIT, UNIT);
    const end = endOf(page);
    const entry = lastEntry(page, crc, end);
    const count = entry ? int16(entry, 2) : 0;
    if (entry && (!found || (count - journal.count & 0xffff) < 0x8000)) {
      found = 1;
      journal.written = int16(entry, 0);
      journal.count = count;
      journal.unit = unit;
      journal.next = end < UNIT ? unit * UNIT + end : -1;
    }
  }
  journal.state = unpackState(journal.written);
  return journal;
}

/** Writes the state as an entry, and reads it back. */
function writeEntry(store: Store, crc: Crc, journal: Journal): boolean {
  const bits = packState(journal.state);
  const count = journal.count + 1 & 0xffff;
  const body = word(bits | count << 16);
  const entry = body + word(crc(body));
  const at = journal.next;
  store.write(at, entry);
  journal.next = at % UNIT + ENTRY < UNIT ? at + ENTRY : -1;
  if (store.read(at, ENTRY) !== entry) return false;
  journal.written = bits;
  journal.count = count;
  return true;
}

/**
 * Makes `journal.state` the newest entry, unless it is that already. Costs one write of 8 bytes, and
 * every 512th time the erasing of a unit. False when it could not be written: the flash is worn out.
 */
export function writeJournal(store: Store, crc: Crc, journal: Journal): boolean {
  if (packState(journal.state) === journal.written) return true;
  for (let tries = 0; tries < 4; tries++) {
    if (journal.next < 0) {
      journal.unit = journal.unit === JOURNAL[0] ? JOURNAL[1] as number : JOURNAL[0] as number;
      store.erase(journal.unit);
      journal.next = journal.unit * UNIT;
    }
    if (writeEntry(store, crc, journal)) return true;
  }
  return false;
}
