import d1Mini from '../../../boards/d1-mini.ts';
import esp32Devkit from '../../../boards/esp32-devkit.ts';
import nodemcu from '../../../boards/nodemcu.ts';
import type { Board } from '../../../boards/board.ts';
import { makeBundle } from '../../lib/bundle.ts';
import { makeImage } from '../../lib/image.ts';
import { version } from '../../lib/paths.ts';
import { pretokenise } from '../../lib/pretokenise.ts';
import { readSettings } from '../../lib/read-settings.ts';
import { makeStorage, putSettings } from '../../lib/storage-image.ts';

/** One bell of a fleet; plain data, because it is handed to another process. */
export interface Member {
  readonly id: string;
  /** Id of its board. */
  readonly board: string;
  readonly mac: string;
}

/** The kinds of boards in a fleet, by turns. */
export const KINDS: readonly Board[] = [d1Mini, nodemcu, esp32Devkit];

/** The key of the fleet, and the version that it is flashed with: older than the one that is pushed. */
export const KEY = '5f'.repeat(32);
export const FLASHED = '0.0.9';

/** So many bells, named in order. */
export function castOf(count: number): Member[] {
  return Array.from({ length: count }, (_, index) => {
    const serial = index.toString(16).padStart(4, '0');
    return {
      id: `bell-${String(index).padStart(4, '0')}`,
      board: KINDS[index % KINDS.length]!.id,
      mac: `5c:cf:7f:00:${serial.slice(0, 2)}:${serial.slice(2)}`,
    };
  });
}

/** The Storage of each kind of board as it leaves the factory, with firmware of an older version in it. */
export async function olderStorages(kinds = KINDS): Promise<Record<string, Uint8Array>> {
  const made = kinds.map(async (kind): Promise<[string, Uint8Array]> => {
    const [bundle, loader] = await Promise.all([makeBundle(kind, 'app'), makeBundle(kind, 'loader')]);
    const older = bundle.replaceAll(`"${version()}"`, `"${FLASHED}"`);
    if (older === bundle) throw new Error(`the bundle of ${kind.id} does not name its version`);
    const image = makeImage(kind, pretokenise(older), FLASHED);
    return [kind.id, await makeStorage(kind, image, pretokenise(loader))];
  });
  return Object.fromEntries(await Promise.all(made));
}

/** The Storage of one bell: that of its board, and its own settings beside it. */
export function storageOf({ id, board }: Member, storages: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const kind = KINDS.find((candidate) => candidate.id === board)!;
  const storage = Uint8Array.from(storages[board]!);
  const settings = {
    version: 1, id, wifi: [{ ssid: 'fleet', password: 'no secret' }], mqtt: { host: 'broker' }, update: { key: KEY },
  };
  putSettings(storage, kind, readSettings(`${id}.json`, () => JSON.stringify(settings), kind));
  return storage;
}
