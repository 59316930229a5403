import type { Board } from '../../../boards/board.ts';
import { readJournal } from '../../../firmware/core/boot/journal.ts';
import { slotOffset } from '../../../firmware/core/boot/image.ts';
import type { Settings } from '../../../firmware/core/config.ts';
import {
  FIRST_UNIT, fileLength, JOURNAL, SETTINGS_UNITS, settingsUnit, SLOTS, UNIT,
} from '../../../firmware/core/layout.ts';
import { trustedSettings } from '../../../firmware/core/settings/load.ts';
import { bytesStore } from './bytes-store.ts';
import { crc32 } from './crc32.ts';
import type { Region } from './write-regions.ts';

/** Offset in Storage of the firmware's first unit: behind one page. */
const START = 32 + FIRST_UNIT;
const SETTINGS = settingsUnit(0);
const BEHIND_SETTINGS = settingsUnit(1) + SETTINGS_UNITS;

/** What Storage of one device shall hold. */
export interface StoragePlan {
  /** In the order in which they are written. */
  readonly regions: readonly Region[];
  /** Settings that the device had and keeps, in the device's own texts: a character a byte. */
  readonly known: Settings | undefined;
}

/** What a plan is made of. */
export interface StorageWish {
  readonly board: Board;
  /** Storage as `bell build` makes it. */
  readonly factory: Uint8Array;
  /** Bytes of the flash of the device. */
  read(address: number, length: number): Promise<Uint8Array>;
  /** Whether the flash holds just this there. */
  holds(address: number, data: Uint8Array): Promise<boolean>;
  /** Stores new settings beside those that are in this content. Left out: those of the device stay. */
  readonly put?: (storage: Uint8Array) => void;
}

/**
 * Compares a device with what it shall hold. Its settings stay, and what an update over the air has
 * to remember; the image of slot b stays as well, for what it is worth. The journal begins anew
 * unless slot a is at home already with this image: else the loader would start another one.
 *
 * The two copies of the settings are regions of their own, and new settings change only the older
 * one: whenever the power fails, one of them is whole.
 */
export async function planStorage(wish: StorageWish): Promise<StoragePlan> {
  const { board, factory } = wish;
  const { address, pageSize, pages } = board.storage;
  const wanted = new Uint8Array(pageSize * pages).fill(0xff);
  wanted.set(factory);
  const front = await wish.read(address, START + SLOTS * UNIT);
  const device = bytesStore(front.subarray(START));
  const isOurs = sameBytes(front.subarray(0, START), factory.subarray(0, START));
  const keep = (from: number, to: number) => {
    wanted.set(front.subarray(START + from * UNIT, START + to * UNIT), START + from * UNIT);
  };
  // A copy that is cut off does no harm: the firmware checks them.
  if ([0, 1].some((copy) => device.read(settingsUnit(copy) * UNIT, 4) === 'BELL')) keep(SETTINGS, BEHIND_SETTINGS);
  if (isOurs) keep(BEHIND_SETTINGS, SLOTS);
  wish.put?.(wanted);
  const regions = regionsOf(board, wanted, factory.length);
  const { home, trial } = readJournal(device, crc32).state;
  const stays = async ({ address: at, data }: Region) => isOurs && await wish.holds(at, data);
  if (home === 0 && !trial && await stays(regions.image)) keep(0, JOURNAL.length);
  // Behind a loader that stays there may be files of the interpreter, and no page that must be blank.
  const { rest, other, ...always } = regions;
  const sometimes = [...(await stays(regions.loader) ? [] : [rest]), ...(isOurs ? [] : [other])];
  return {
    regions: [...sometimes, ...Object.values(always)],
    known: trustedSettings(bytesStore(front.slice(START)), crc32),
  };
}

/**
 * The parts of Storage in the order of writing: the first page last, so that Storage is not taken
 * for whole before it is. `used` is where the factory content ends.
 */
function regionsOf({ storage, slotUnits }: Board, wanted: Uint8Array, used: number): Record<RegionName, Region> {
  const region = (name: string, from: number, to: number): Region => {
    return { name, address: storage.address + from, data: wanted.subarray(from, to) };
  };
  const units = (name: string, from: number, count: number) => {
    return region(name, START + from * UNIT, START + (from + count) * UNIT);
  };
  const [first, second] = [slotOffset(0, slotUnits) / UNIT, slotOffset(1, slotUnits) / UNIT];
  const end = 32 + fileLength(slotUnits);
  return {
    rest: region('free space', used, wanted.length),
    loader: region('loader', end, used),
    other: units('slot b', second, slotUnits),
    image: units('firmware', first, slotUnits),
    updates: units('updates', BEHIND_SETTINGS, SLOTS - BEHIND_SETTINGS),
    settings: units('settings', settingsUnit(0), SETTINGS_UNITS),
    spare: units('settings', settingsUnit(1), SETTINGS_UNITS),
    journal: units('journal', JOURNAL[0]!, JOURNAL.length),
    header: region('header', 0, START),
  };
}

type RegionName =
  'rest' | 'loader' | 'other' | 'image' | 'updates' | 'settings' | 'spare' | 'journal' | 'header';

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
