import { createBoard, memoryNetwork, PacedTime } from '../simulator/index.ts';
import type { Broker } from './broker.ts';
import type { Role } from './cast.ts';
import type { Hardware } from './device.ts';

/** From the board to the broker and back to the board it takes twice this, ms: as long as over some Wi-Fi. */
const LATENCY = 25;

/** A simulated board that runs the built bundle in real time, or faster; whatever it dials, the broker answers. */
export function simulate({ board, mac }: Role, storage: Uint8Array, broker: Broker): Hardware {
  const time = new PacedTime();
  const network = memoryNetwork(() => broker.dial());
  network.latency(LATENCY);
  const simulated = createBoard({ chip: board.chip, mac, storage, time, network });
  return Object.assign(simulated, { time });
}
