/**
 * How the firmware divides the one Storage file that it owns.
 *
 * The file is made once, as the first file of Storage, and is exactly as long as makes the next
 * header start on a page. From then on its pages are erased and written through `Flash`, so that
 * Storage's own headers never change: nothing here ever depends on compaction, and a compaction
 * for somebody else's sake starts behind it.
 */

/** Name of the file. */
export const FILE = 'bell';

/** Names of the programs beside it: the loader, which the interpreter runs when it starts, and the access point. */
export const LOADER = '.bootcde';
export const PORTAL = 'portal';

/** Bytes that are erased together: one page of the chips, four of Espruino for Linux. */
export const UNIT = 4096;

/** Where the first whole unit starts inside the file: Storage's header takes 32 bytes of the first page. */
export const FIRST_UNIT = UNIT - 32;

/** Units of the boot journal, used in turn. */
export const JOURNAL = [0, 1];

/** Units of each copy of the settings. */
export const SETTINGS_UNITS = 2;

/** First unit of the two copies of the settings. */
export const SETTINGS = 2;

/** First unit of copy 0 or 1 of the settings. */
export function settingsUnit(copy: number): number {
  return SETTINGS + copy * SETTINGS_UNITS;
}

/** First of the two units for a copy of the newest manifest each. */
export const MANIFESTS = 6;

/** First unit of slot a; slot b follows behind `slotUnits` of the board. */
export const SLOTS = 8;

/** Length of the file for a board whose slots have `slotUnits` units each. */
export function fileLength(slotUnits: number): number {
  return FIRST_UNIT + (SLOTS + 2 * slotUnits) * UNIT;
}
