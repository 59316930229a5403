import type { TestContext } from 'node:test';
import type { Board } from '../../boards/board.ts';
import { VirtualTime } from '../../simulator/index.ts';
import type { Bell } from './bell.ts';
import type { SimulatedHardware } from './bell-on-board.ts';
import type { Login } from './brokers.ts';
import type { Json } from './factory.ts';
import { mortalAedes } from './mortal-aedes.ts';
import { Scene, simulated } from './scene.ts';
import type { Simulation } from './scene.ts';

/** A bell on a simulated board, with Aedes, on virtual time. */
export interface Virtual {
  readonly scene: Scene<SimulatedHardware>;
  readonly bell: Bell & { hardware: SimulatedHardware };
  readonly time: VirtualTime;
}

/** Makes one, without power; it ends with the test. `login` is the user that its broker knows. */
export async function virtual(
  context: TestContext, kind: Board, settings: Json = {}, options: Simulation = {}, login?: Login,
): Promise<Virtual> {
  const time = new VirtualTime();
  const broker = await mortalAedes(login);
  const scene = new Scene<SimulatedHardware>(broker, time);
  context.after(async () => {
    await scene.end();
    await broker.stop();
  });
  return { scene, time, bell: await scene.bell(simulated(kind, time, options), settings) };
}
