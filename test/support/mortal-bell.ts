import type { TestContext } from 'node:test';
import linux from '../../boards/linux.ts';
import type { Bell } from './bell.ts';
import type { InterpretedHardware } from './bell-on-interpreter.ts';
import { mosquitto } from './brokers.ts';
import { KEY } from './manifest.ts';
import { optional } from './optional.ts';
import { Pusher } from './pusher.ts';
import { interpreted, Scene } from './scene.ts';

/** How many times as fast the time of these bells passes. */
export const FASTER = 25;

/**
 * Shortens every time of the firmware from a second on alike, the guard of the loader too, so that they keep their
 * proportions. Strokes are shorter than that, and the network and the interpreter's own speed are as they are.
 */
const SHIM = '(function(){var s=setTimeout;global.setTimeout=function(f,t,a){'
  + `if(t>=1000)t/=${FASTER};return a===undefined?s(f,t):s(f,t,a)}})();`;

const espruino = optional('espruino');
const broker = optional('mosquitto');

/** What these tests need: the interpreter, and a broker that is a program of its own. */
export const needed = { skip: espruino.skip || broker.skip };

/** A bell on the real interpreter with short seconds, and a pusher beside it. */
export interface MortalBell {
  readonly scene: Scene<InterpretedHardware>;
  readonly bell: Bell & { hardware: InterpretedHardware };
  readonly pusher: Pusher;
}

/** Makes one, plugged in and online; it ends with the test. */
export async function mortalBell(context: TestContext): Promise<MortalBell> {
  const server = await mosquitto(broker.path!);
  const scene = new Scene<InterpretedHardware>(server);
  context.after(async () => {
    await scene.end();
    await server.stop();
  });
  const settings = { wifi: [], update: { key: KEY }, mqtt: { cleanSession: true } };
  const bell = await scene.bell(interpreted(espruino.path!, linux, SHIM), settings);
  await bell.start();
  return { scene, bell, pusher: await Pusher.of(scene, bell, linux) };
}
