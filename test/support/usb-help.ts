import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Board } from '../../boards/board.ts';
import { dist } from '../../scripts/lib/paths.ts';
import { makeUsbHelp, type UsbWorld } from '../../scripts/lib/workshop-usb.ts';
import type { UsbHelp } from '../../workshop/usb.ts';

/** The Storage of a new board, as `npm run build` made it. */
export async function builtFirmware({ id }: Board): Promise<Uint8Array> {
  return readFileSync(join(dist, `${id}.storage`));
}

/** What the workshop's page needs of a computer, with a cache of its own and without a network. */
export function usbHelp(changed: Partial<UsbWorld> = {}): UsbHelp {
  const cache = mkdtempSync(join(tmpdir(), 'bell-usb-'));
  process.on('exit', () => rmSync(cache, { recursive: true, force: true }));
  return makeUsbHelp({ firmware: builtFirmware, cache, fetch: () => assert.fail('there is no network'), ...changed });
}
