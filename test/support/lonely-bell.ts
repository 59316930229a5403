import type { TestContext } from 'node:test';
import type { Board } from '../../boards/board.ts';
import { loadSettings } from '../../firmware/core/settings/load.ts';
import type { Settings } from '../../firmware/core/config.ts';
import type { Store } from '../../firmware/core/contracts.ts';
import type { Board as SimulatedBoard } from '../../simulator/index.ts';
import { regionStore } from '../../scripts/lib/region.ts';
import { putSettings } from '../../scripts/lib/storage-image.ts';
import { crc } from './crc.ts';
import type { Json } from './factory.ts';
import { Phone } from './phone.ts';
import type { Simulation } from './scene.ts';
import { limits } from './settings.ts';
import { virtual } from './virtual.ts';

/** Password of the access point, and the network of the house. */
export const PASSWORD = 'abcd efgh 2345';
export const home = { ssid: 'home', password: 'secret123' };

/** The firmware's pages of a board as they are now. */
function storeOf(board: SimulatedBoard, kind: Board): Store {
  const { storage } = kind;
  return regionStore(board.flash.read(storage.address, storage.pageSize * storage.pages), kind);
}

/** A bell on a simulated board, and somebody with a phone beside it. */
export async function lonelyBell(context: TestContext, kind: Board, settings: Json = {}, options: Simulation = {}) {
  const portal = { password: PASSWORD, ...(settings['portal'] as Json) };
  const made = await virtual(context, kind, { ...settings, portal }, { accessPoints: [home], ...options });
  const { board, network } = made.bell.hardware;
  const isOpen = () => board.radio.accessPoint?.password !== undefined;
  return {
    ...made, board, network, isOpen,
    phone: new Phone(board, network, made.scene.waiting),
    /** Its settings as they are in flash. */
    stored: (): Settings => loadSettings(storeOf(board, kind), crc, limits),
    /** Plugs it in, and waits until the access point is open and its web server is there. */
    opens: async () => {
      made.bell.hardware.plug();
      await made.scene.waiting.until('the access point', () => isOpen() && board.run!.net.count > 0, 15 * 60_000);
    },
  };
}

/** One that knows neither a network nor a broker, as it comes from flashing. */
export function bareBell(
  context: TestContext, kind: Board, password = PASSWORD, accessPoints: Simulation['accessPoints'] = [home],
) {
  return lonelyBell(context, kind, {}, {
    accessPoints,
    change: (storage) => {
      const settings = loadSettings(regionStore(storage, kind), crc, limits);
      putSettings(storage, kind, {
        ...settings, wifi: [], mqtt: { ...settings.mqtt, host: '' }, portal: { password, afterS: 600 },
      });
    },
  });
}
