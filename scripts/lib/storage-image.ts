import type { Board } from '../../boards/board.ts';
import { FILE, FIRST_UNIT, fileLength, SLOTS, UNIT } from '../../firmware/core/layout.ts';
import { storageContent } from './espruino-tools.ts';
import { Failure } from './failure.ts';
import { regionStore } from './region.ts';

/** Bytes of a header of Storage. */
const HEADER = 32;

/**
 * The factory content of a board's Storage: the firmware's own file with the image in slot a and
 * nothing else in it, then the loader as `.bootcde`. With `settings` (checked ones), their first
 * copy is inside as well.
 *
 * Everything behind what is used is left out; the rest of the flash area is erased (0xFF).
 */
export async function makeStorage(
  board: Board, image: Uint8Array, loader: string, settings?: object,
): Promise<Buffer> {
  const region = Buffer.alloc(fileLength(board.slotUnits), 0xff);
  region.set(image, FIRST_UNIT + SLOTS * UNIT);
  const padded = padLoader(loader);
  // EspruinoTools ends the program with a newline of its own.
  const content = await storageContent(board, [{ name: FILE, content: region.toString('latin1') }], padded.slice(0, -1));
  const second = HEADER + region.length;
  const used = second + HEADER + padded.length;
  if (content.readUInt32LE(second) !== padded.length) throw new Error('the loader did not come out as long as it went in');
  checkRoom(board, used);
  const storage = content.subarray(0, used);
  if (settings) await putSettings(storage, board, settings);
  return storage;
}

/** Fills the loader with spaces, so that whatever Storage puts behind it starts on a page. */
export function padLoader(loader: string): string {
  const length = Math.ceil((loader.length + HEADER) / UNIT) * UNIT - HEADER;
  return loader.padEnd(length);
}

/** Writes the first copy of the settings into the content of a Storage, as the device does it. */
export async function putSettings(storage: Uint8Array, board: Board, settings: object): Promise<void> {
  // Loaded when it is needed, because a build has no settings.
  const { saveSettings } = await import('../../firmware/core/config.ts');
  saveSettings(regionStore(storage, board), settings as Parameters<typeof saveSettings>[1]);
}

function checkRoom(board: Board, used: number): void {
  const room = board.storage.pageSize * board.storage.pages;
  // Storage needs a blank page behind the last file, and Espruino's own files want some room.
  if (used + UNIT <= room) return;
  throw new Failure(`Storage of ${board.id} has ${room} bytes, and ${used + UNIT} are needed`, 'Give it smaller slots.');
}
