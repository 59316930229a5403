import { createBoard, memoryNetwork, realTime } from '../simulator/index.ts';
import type { Broker } from './broker.ts';
import type { Role } from './cast.ts';
import type { Hardware } from './device.ts';

/** A simulated board that runs the built bundle in real time; whatever it dials, the broker answers. */
export function simulate({ board, mac }: Role, storage: Uint8Array, broker: Broker): Hardware {
  return createBoard({
    chip: board.chip,
    mac,
    storage,
    time: realTime(),
    network: memoryNetwork(() => broker.dial()),
  });
}
