import type { Store } from '../../../firmware/core/contracts.ts';
import { UNIT } from '../../../firmware/core/layout.ts';

/** The firmware's pages as a `Store` over bytes that were read from a flash. Runs in a browser too. */
export function bytesStore(region: Uint8Array): Store {
  return {
    read(offset, length) {
      let text = '';
      for (const byte of region.subarray(offset, offset + length)) text += String.fromCharCode(byte);
      return text;
    },
    erase: (unit) => void region.fill(0xff, unit * UNIT, (unit + 1) * UNIT),
    write(offset, bytes) {
      for (let i = 0; i < bytes.length; i++) region[offset + i]! &= bytes.charCodeAt(i);
    },
  };
}
