import type { Board } from '../../boards/board.ts';
import { slotOffset } from '../../firmware/core/boot/image.ts';
import type { Settings } from '../../firmware/core/config.ts';
import { FILE, FIRST_UNIT, fileLength, UNIT } from '../../firmware/core/layout.ts';
import { storageContent } from './espruino-tools.ts';
import { Failure } from './failure.ts';
import { putSettings } from './put-settings.ts';

export { putSettings };

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
  board: Board, image: Uint8Array, loader: string, settings?: Settings,
): Promise<Buffer> {
  const region = Buffer.alloc(fileLength(board.slotUnits), 0xff);
  region.set(image, FIRST_UNIT + slotOffset(0, board.slotUnits));
  const second = HEADER + region.length;
  const padded = padLoader(loader);
  const used = second + HEADER + padded.length;
  checkRoom(board, used);
  const files = [{ name: FILE, content: region.toString('latin1') }];
  // EspruinoTools takes the boot code for text, and would change it: something as long stands in for it.
  const storage = (await storageContent(board, files, ';'.repeat(padded.length))).subarray(0, used);
  if (storage.readUInt32LE(second) !== padded.length) throw new Error('EspruinoTools changed the length of the loader');
  storage.write(padded, second + HEADER, 'latin1');
  if (settings) putSettings(storage, board, settings);
  return storage;
}

/** Fills the loader with spaces, so that whatever Storage puts behind it starts on a page. */
export function padLoader(loader: string): string {
  const length = Math.ceil((loader.length + HEADER) / UNIT) * UNIT - HEADER;
  return loader.padEnd(length);
}

function checkRoom(board: Board, used: number): void {
  const room = board.storage.pageSize * board.storage.pages;
  // Storage needs a blank page behind the last file, and Espruino's own files want some room.
  if (used + UNIT <= room) return;
  throw new Failure(`Storage of ${board.id} has ${room} of the ${used + UNIT} bytes needed`, 'Give it smaller slots.');
}
