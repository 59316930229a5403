import type { Board } from '../../boards/board.ts';
import { slotOffset } from '../../firmware/core/boot/image.ts';
import type { Settings } from '../../firmware/core/config.ts';
import { FILE, FIRST_UNIT, fileLength, PORTAL, UNIT } from '../../firmware/core/layout.ts';
import { storageContent } from './espruino-tools.ts';
import { Failure } from './failure.ts';
import { putSettings } from './put-settings.ts';
import { addFile } from './storage-file.ts';

export { putSettings };

/** Bytes of a header of Storage. */
const HEADER = 32;

/** What the factory content of a Storage may have besides image and loader. */
export interface More {
  /** Checked settings: their first copy is inside of the firmware's own file. */
  readonly settings?: Settings;
  /** The program of the access point, behind the loader. */
  readonly portal?: string;
}

/**
 * The factory content of a board's Storage: the firmware's own file with the image in slot a and
 * nothing else in it, then the loader as `.bootcde`.
 *
 * Everything behind what is used is left out; the rest of the flash area is erased (0xFF).
 */
export async function makeStorage(
  board: Board, image: Uint8Array, loader: string, { settings, portal }: More = {},
): Promise<Buffer> {
  const region = Buffer.alloc(fileLength(board.slotUnits), 0xff);
  region.set(image, FIRST_UNIT + slotOffset(0, board.slotUnits));
  const second = HEADER + region.length;
  const padded = padLoader(loader);
  const used = second + HEADER + padded.length;
  const files = [{ name: FILE, content: region.toString('latin1') }];
  // EspruinoTools takes the boot code for text, and would change it: something as long stands in for it.
  const programs = (await storageContent(board, files, ';'.repeat(padded.length))).subarray(0, used);
  const isWhole = programs.readUInt32LE(second) === padded.length;
  if (!isWhole) throw new Error('EspruinoTools changed the length of the loader');
  programs.write(padded, second + HEADER, 'latin1');
  const storage = portal === undefined ? programs : addFile(programs, PORTAL, padLoader(portal));
  checkRoom(board, storage.length);
  if (settings) putSettings(storage, board, settings);
  return storage;
}

/** Fills a program with spaces, so that whatever Storage puts behind it starts on a page. */
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
