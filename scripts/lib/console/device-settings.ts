import type { Settings } from '../../../firmware/core/config.ts';
import { COPY_HEADER, copyStart, mostBody } from '../../../firmware/core/copy.ts';
import { FILE, FIRST_UNIT, SETTINGS, SETTINGS_UNITS, UNIT } from '../../../firmware/core/layout.ts';
import { trustedSettings } from '../../../firmware/core/settings/load.ts';
import { bytesStore } from '../flash/bytes-store.ts';
import { crc32 } from '../flash/crc32.ts';
import { textsFromBytes } from '../flash/texts.ts';
import type { EspruinoConsole } from './console.ts';

/** Bytes that are asked for at once: as text, four characters each, they have to fit into a packet. */
const PIECE = 1024;

/** The settings that a device has stored; undefined when it has none. Who holds a board may read them all. */
export async function readDeviceSettings(console: EspruinoConsole): Promise<Settings | undefined> {
  const pages = new Uint8Array((SETTINGS + 2 * SETTINGS_UNITS) * UNIT).fill(0xff);
  const store = bytesStore(pages);
  for (const place of [0, 1]) {
    const start = copyStart(SETTINGS, SETTINGS_UNITS, place);
    await readInto(pages, console, start - COPY_HEADER, COPY_HEADER);
    const header = store.read(start - COPY_HEADER, COPY_HEADER);
    const length = header.charCodeAt(6) | header.charCodeAt(7) << 8;
    if (header.startsWith('BELL') && length <= mostBody(SETTINGS_UNITS)) await readInto(pages, console, start, length);
  }
  const settings = trustedSettings(store, crc32);
  return settings && textsFromBytes(settings);
}

async function readInto(pages: Uint8Array, console: EspruinoConsole, start: number, length: number): Promise<void> {
  for (let at = 0; at < length; at += PIECE) {
    const [from, size] = [start + at, Math.min(PIECE, length - at)];
    const bytes = await console.evaluate(`require("Storage").read("${FILE}",${FIRST_UNIT + from},${size})||""`);
    pages.set(Uint8Array.from(String(bytes), (character) => character.charCodeAt(0)), from);
  }
}
