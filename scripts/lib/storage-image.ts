import { crc32 } from 'node:zlib';
import type { Board } from '../../boards/board.ts';
import { slotOffset } from '../../firmware/core/boot/image.ts';
import type { Settings } from '../../firmware/core/config.ts';
import { FILE, FIRST_UNIT, fileLength, UNIT } from '../../firmware/core/layout.ts';
import { saveSettings } from '../../firmware/core/settings/save.ts';
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
  board: Board, image: Uint8Array, loader: string, settings?: Settings,
): Promise<Buffer> {
  const region = Buffer.alloc(fileLength(board.slotUnits), 0xff);
  region.set(image, FIRST_UNIT + slotOffset(0, board.slotUnits));
  const second = HEADER + region.length;
  const padded = padLoader(loader);
  const used = second + HEADER + padded.length;
  checkRoom(board, used);
  const storage = (await placeFiles(board, region.toString('latin1'), padded, second)).subarray(0, used);
  if (settings) putSettings(storage, board, settings);
  return storage;
}

/** The two files in Storage; `second` is where the header of the loader has to be. */
async function placeFiles(board: Board, region: string, loader: string, second: number): Promise<Buffer> {
  // EspruinoTools puts a newline in front of a program that requires a module, and else none.
  for (const program of [loader.slice(0, -1), loader]) {
    const content = await storageContent(board, [{ name: FILE, content: region }], program);
    if (content.readUInt32LE(second) === loader.length) return content;
  }
  throw new Error('EspruinoTools changed the length of the loader');
}

/** Fills the loader with spaces, so that whatever Storage puts behind it starts on a page. */
export function padLoader(loader: string): string {
  const length = Math.ceil((loader.length + HEADER) / UNIT) * UNIT - HEADER;
  return loader.padEnd(length);
}

/** Writes settings (checked ones) into the content of a Storage, as the device does it. */
export function putSettings(storage: Uint8Array, board: Board, settings: Settings): void {
  const fault = saveSettings(regionStore(storage, board), crcOf, withBytes(settings), quote);
  if (fault !== '') throw new Failure(`The settings cannot be stored: ${fault}`);
}

function crcOf(bytes: string): number {
  return crc32(Buffer.from(bytes, 'latin1'));
}

/** Settings as a device has them: its strings are bytes (of UTF-8). */
function withBytes(settings: Settings): Settings {
  return JSON.parse(JSON.stringify(settings), (_key, value: unknown) => {
    return typeof value === 'string' ? Buffer.from(value, 'utf8').toString('latin1') : value;
  }) as Settings;
}

/** JSON as a device makes it: each byte above 126 is escaped. */
function quote(value: unknown): string {
  return JSON.stringify(value).replace(/[\x7f-\xff]/g, (byte) => {
    return `\\u00${byte.charCodeAt(0).toString(16).toUpperCase()}`;
  });
}

function checkRoom(board: Board, used: number): void {
  const room = board.storage.pageSize * board.storage.pages;
  // Storage needs a blank page behind the last file, and Espruino's own files want some room.
  if (used + UNIT <= room) return;
  throw new Failure(`Storage of ${board.id} has ${room} of the ${used + UNIT} bytes needed`, 'Give it smaller slots.');
}
