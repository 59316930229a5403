import { rules } from '../config.ts';
import type { Settings } from '../config.ts';
import type { Crc } from '../bytes.ts';
import type { Store } from '../contracts.ts';
import { SETTINGS_UNITS, settingsUnit } from '../layout.ts';
import { COPY_HEADER, MOST_BODY, copyHeader, newestCopy, placeOffset } from './copy.ts';
import type { Copy } from './copy.ts';
import { given } from './fill.ts';

/**
 * Hands out the body of a copy, a line for each setting, so that only one is in memory at a time.
 * Each line is a multiple of 4 bytes, as flash wants it. `quote` makes ASCII JSON of a value; on a
 * device that is `JSON.stringify`, which escapes each byte above 126.
 */
export function encodeSettings(
  settings: Settings, quote: (value: unknown) => string, line: (text: string) => void,
): void {
  const padded = (text: string) => line(text.padEnd((text.length + 4 & ~3) - 1) + '\n');
  let open = '';
  padded('{"version":' + settings.version);
  rules((section, name) => {
    let text = ',';
    if (section !== open) text = (open ? '},' : ',') + (section ? '"' + section + '":{' : '');
    open = section;
    padded(text + '"' + name + '":' + quote(given(settings, section, name)));
  }, { strokeMs: 0, password: 0 });
  padded('}}');
}

/** Writes and reads back; false when that is not the same. */
function writeText(store: Store, offset: number, text: string): boolean {
  store.write(offset, text);
  return store.read(offset, text.length) === text;
}

/** Whether a copy says just what would be written. */
function saysTheSame(store: Store, copy: Copy, settings: Settings, quote: (value: unknown) => string): boolean {
  let at = 0;
  let same = true;
  encodeSettings(settings, quote, (text) => {
    same = same && at + text.length <= copy.length && store.read(copy.start + at, text.length) === text;
    at += text.length;
  });
  return same && at === copy.length;
}

/** Writes the body of a copy. Gives its length, or -1 when it does not fit, -2 when the flash does not take it. */
function writeBody(store: Store, start: number, settings: Settings, quote: (value: unknown) => string): number {
  let length = 0;
  encodeSettings(settings, quote, (text) => {
    if (length < 0) return;
    if (length + text.length > MOST_BODY) length = -1;
    else if (!writeText(store, start + length, text)) length = -2;
    else length += text.length;
  });
  return length;
}

/**
 * Stores settings as the newest copy. Gives '' or why not; then, as after a power cut at any
 * moment, the settings are those of before. Writes nothing when they are stored already.
 * `quote`: see `encodeSettings`.
 */
export function saveSettings(
  store: Store, crc: Crc, settings: Settings, quote: (value: unknown) => string,
): string {
  const newest = newestCopy(store, crc);
  if (newest && saysTheSame(store, newest, settings, quote)) return '';
  const place = newest ? 1 - newest.place : 0;
  const start = placeOffset(place) + COPY_HEADER;
  for (let i = 0; i < SETTINGS_UNITS; i++) store.erase(settingsUnit(place) + i);
  const length = writeBody(store, start, settings, quote);
  if (length === -1) return 'the settings are too long';
  const header = length < 0 ? '' : copyHeader(crc, newest ? newest.count + 1 : 0, store.read(start, length));
  return header && writeText(store, start - COPY_HEADER, header) ? '' : 'the flash does not take the settings';
}
