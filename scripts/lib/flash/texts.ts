import type { Settings } from '../../../firmware/core/config.ts';

/** Settings of a device, whose texts are bytes of UTF-8, with texts as people write them. */
export function textsFromBytes(settings: Settings): Settings {
  const decoder = new TextDecoder();
  const text = JSON.stringify(settings, (_key, value: unknown) => {
    if (typeof value !== 'string') return value;
    return decoder.decode(Uint8Array.from(value, (character) => character.charCodeAt(0)));
  });
  return JSON.parse(text) as Settings;
}
