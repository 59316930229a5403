import { rules } from '../config.ts';
import type { Crc } from '../bytes.ts';
import type { Store } from '../contracts.ts';
import { copyStart, eraseCopy, mostBody, newestCopy, nextPlace, sealCopy, writeText } from '../copy.ts';
import type { Copy } from '../copy.ts';
import { SETTINGS, SETTINGS_UNITS } from '../layout.ts';
import { given } from './fill.ts';
import { lastLine } from './part.ts';

/** Bytes that are written at once, a multiple of 4, and characters of a text that are quoted at once. */
const PIECE = 64;

/** Gives a part of the settings, by its name (`part.ts`). Asked for one after the other, so that none is kept. */
export type PartOf = (name: string) => unknown;

/**
 * Hands out the body of a copy piece by piece, so that no long text is in memory twice, and each part of the settings
 * on a line of its own, so that it can be read by itself. Texts are strings of bytes; `quote` makes ASCII JSON of a
 * value: on a device `JSON.stringify`, which escapes each byte above 126.
 */
function encodeSettings(partOf: PartOf, quote: (value: unknown) => string, put: (text: string) => void): void {
  let open = '';
  let part: unknown;
  put('{');
  rules((section, name, _kind, byDefault) => {
    let text = '"';
    if (!section || section !== open) {
      part = partOf(section || name);
      text = (open ? '},\n"' : '\n"') + (section ? section + '":{"' : '');
    } else text = ',"';
    open = section;
    let value = section ? given(part, '', name) : part;
    if (value === undefined) value = byDefault;
    put(text + name + '":');
    if (Array.isArray(value)) {
      put('[');
      value.forEach((item, index) => put((index ? ',' : '') + quote(item)));
      put(']');
    } else if (typeof value !== 'string') put(quote(value));
    else {
      put('"');
      for (let i = 0; i < value.length; i += PIECE) {
        const piece = quote(value.substr(i, PIECE));
        put(piece.substr(1, piece.length - 2));
      }
      put('"');
    }
    if (!section) put(',');
  }, { strokeMs: 0, password: 0 });
  put('},' + lastLine());
}

/** Whether a copy says just what would be written; it may end in spaces. */
function saysTheSame(store: Store, copy: Copy, partOf: PartOf, quote: (value: unknown) => string): boolean {
  let at = 0;
  let same = true;
  encodeSettings(partOf, quote, (text) => {
    same = same && at + text.length <= copy.length && store.read(copy.start + at, text.length) === text;
    at += text.length;
  });
  return same && copy.length - at < 4;
}

/** Writes the body of a copy. Gives its length, or -1 when it does not fit, -2 when the flash does not take it. */
function writeBody(store: Store, start: number, partOf: PartOf, quote: (value: unknown) => string): number {
  let length = 0;
  let rest = '';
  const put = (text: string, least: number) => {
    rest += text;
    // Piece by piece, because what is written is in memory three times on its way.
    while (length >= 0 && rest.length >= least) {
      const size = rest.length > PIECE ? PIECE : rest.length & ~3;
      if (length + size > mostBody(SETTINGS_UNITS)) length = -1;
      else if (!writeText(store, start + length, rest.substr(0, size))) length = -2;
      else length += size;
      rest = rest.substr(size);
    }
  };
  encodeSettings(partOf, quote, (text) => put(text, PIECE));
  // Flash wants multiples of 4. Nothing may be left by now, and nothing cannot be written: who asks for no bytes of a
  // file gets all of them, which is not what was written.
  put('   ', 4);
  return length;
}

/**
 * Stores settings as the newest copy. Gives '' or why not; then, as after a power cut at any
 * moment, the settings are those of before. Writes nothing when they are stored already.
 * `quote`: see `encodeSettings`.
 */
export function saveSettings(store: Store, crc: Crc, partOf: PartOf, quote: (value: unknown) => string): string {
  const newest = newestCopy(store, crc, SETTINGS, SETTINGS_UNITS);
  if (newest && saysTheSame(store, newest, partOf, quote)) return '';
  eraseCopy(store, SETTINGS, SETTINGS_UNITS, newest);
  const start = copyStart(SETTINGS, SETTINGS_UNITS, nextPlace(newest));
  const length = writeBody(store, start, partOf, quote);
  if (length === -1) return 'the settings are too long';
  return length >= 0 && sealCopy(store, crc, newest, start, length) ? '' : 'the flash does not take the settings';
}
