import type { Board } from '../../boards/board.ts';
import { slotOffset } from '../../firmware/core/boot/image.ts';
import { readJournal, writeJournal } from '../../firmware/core/boot/journal.ts';
import { tryOther } from '../../firmware/core/boot/trial.ts';
import { confirm } from '../../firmware/core/boot/choose.ts';
import type { Settings } from '../../firmware/core/config.ts';
import type { Slot } from '../../firmware/core/boot/state.ts';
import { FIRST_UNIT } from '../../firmware/core/layout.ts';
import { makeBundle } from '../../scripts/lib/bundle.ts';
import { makeImage } from '../../scripts/lib/image.ts';
import { pretokenise } from '../../scripts/lib/pretokenise.ts';
import { regionStore } from '../../scripts/lib/region.ts';
import { makeStorage, putSettings } from '../../scripts/lib/storage-image.ts';
import { book } from './books.ts';
import { crc } from './crc.ts';

/** Images for tests: what each prints says that it runs. */
export const images = {
  good: 'print("runs",boot.slot,boot.trial,boot.reason);setTimeout(boot.ok,5000);delete global.boot',
  silent: 'print("silent",boot.slot,boot.trial);delete global.boot',
  throws: 'print("throws",boot.slot);throw new Error("first line");delete global.boot',
  garbage: 'print("garbage"',
  endless: 'print("endless",boot.slot);while(1);',
  // Where memory grows without end there is no running out of it.
  hungry: 'var a=[];if(process.memory().total>2000)throw 1;while(1)a.push("twelve bytes");',
};

/** Where the firmware's pages begin in the content of a Storage. */
const REGION = 32 + FIRST_UNIT;

const bases = new Map<string, Promise<Buffer>>();

/** The content of Storage with the real loader and nothing in the slots; made once a board. */
function baseOf(board: Board): Promise<Buffer> {
  let base = bases.get(board.id);
  if (!base) bases.set(board.id, base = makeBase(board));
  return base;
}

async function makeBase(board: Board): Promise<Buffer> {
  return makeStorage(board, new Uint8Array(), pretokenise(await makeBundle(board, 'loader')));
}

/** What a test wants in Storage. */
export interface Wanted {
  /** Code in slot a and in slot b. */
  a?: string;
  b?: string;
  /** Slot a has confirmed, and slot b is to be tried. */
  trial?: boolean;
  settings?: Settings;
}

/** The content of Storage with the real loader and these images. */
export async function storageWith(board: Board, wanted: Wanted): Promise<Buffer> {
  const storage = Buffer.from(await baseOf(board));
  if (wanted.a !== undefined) putImage(storage, board, 0, makeImage(board, wanted.a, '1.0.0'));
  if (wanted.b !== undefined) putImage(storage, board, 1, makeImage(board, wanted.b, '1.0.1'));
  if (wanted.trial) putTrial(storage, board);
  if (wanted.settings) putSettings(storage, board, wanted.settings);
  return storage;
}

/** Puts an image into a slot. */
export function putImage(storage: Uint8Array, board: Board, slot: Slot, image: Uint8Array): void {
  storage.set(image, REGION + slotOffset(slot, board.slotUnits));
}

/** Changes a byte of the code in a slot. */
export function damage(storage: Uint8Array, board: Board, slot: Slot): void {
  const at = REGION + slotOffset(slot, board.slotUnits) + 128 + 3;
  storage[at] = (storage[at] as number) ^ 1;
}

/** Slot a has run well, and slot b is to be tried. */
export function putTrial(storage: Uint8Array, board: Board): void {
  const store = regionStore(storage, board);
  const journal = readJournal(store, crc);
  journal.state.open = 1;
  writeJournal(store, crc, journal);
  confirm(journal.state);
  writeJournal(store, crc, journal);
  book(store, tryOther);
}
