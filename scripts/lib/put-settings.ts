import type { Board } from '../../boards/board.ts';
import type { Settings } from '../../firmware/core/config.ts';
import type { Part } from '../../firmware/core/settings/part.ts';
import { saveSettings } from '../../firmware/core/settings/save.ts';
import { Failure } from './failure.ts';
import { crc32 } from './flash/crc32.ts';
import { textsToBytes } from './flash/texts.ts';
import { regionStore } from './region.ts';

/** Writes settings (checked ones) into the content of a Storage, as the device does it. Runs in a browser too. */
export function putSettings(storage: Uint8Array, board: Board, settings: Settings): void {
  const parts = textsToBytes(settings);
  const fault = saveSettings(regionStore(storage, board), crc32, (name) => parts[name as Part], quote);
  if (fault !== '') throw new Failure(`The settings cannot be stored: ${fault}`);
}

/** JSON as a device makes it: each byte above 126 is escaped. */
function quote(value: unknown): string {
  return JSON.stringify(value).replace(/[\x7f-\xff]/g, (byte) => {
    return `\\u00${byte.charCodeAt(0).toString(16).toUpperCase()}`;
  });
}
