import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { usbName } from '../flash/usb-names.ts';

const DEVICES = '/sys/bus/usb/devices';

/**
 * Names of the USB serial chips that are plugged in, whether or not they have a port. Only Linux tells without a
 * program of its own; elsewhere the list is empty.
 */
export function serialChips(folder = DEVICES): string[] {
  return entries(folder).flatMap((entry) => {
    const [vendor, product] = ['idVendor', 'idProduct'].map((name) => hexIn(join(folder, entry, name)));
    const name = usbName(vendor, product);
    return name === '' ? [] : [name];
  });
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function hexIn(file: string): number | undefined {
  try {
    return parseInt(readFileSync(file, 'utf8'), 16);
  } catch {
    return undefined;
  }
}
