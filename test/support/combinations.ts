import d1Mini from '../../boards/d1-mini.ts';
import esp32 from '../../boards/esp32-devkit.ts';
import linux from '../../boards/linux.ts';
import type { SimulatedHardware } from './bell-on-board.ts';
import type { InterpretedHardware } from './bell-on-interpreter.ts';
import { mosquitto, rabbitmq } from './brokers.ts';
import { mortalAedes } from './mortal-aedes.ts';
import { optional } from './optional.ts';
import { interpreted, simulated } from './scene.ts';
import { sharedBroker } from './shared-broker.ts';
import type { Combination } from './stage.ts';

/** Simulated boards of every chip on virtual time, with Aedes in memory. */
export const onVirtualTime: Combination<SimulatedHardware>[] = [d1Mini, esp32, linux].map((kind) => ({
  name: `${kind.id} on virtual time`,
  broker: () => mortalAedes(),
  device: (time) => simulated(kind, time),
  isVirtual: true,
  together: 1,
  isStrict: false,
}));

const espruino = optional('espruino');

/** Brokers from elsewhere. */
const elsewhere = {
  mosquitto: { start: mosquitto, isStrict: true },
  rabbitmq: { start: rabbitmq, isStrict: true },
};

function onBoard(name: keyof typeof elsewhere): Combination<SimulatedHardware> {
  const { start, isStrict } = elsewhere[name];
  const { path, skip } = optional(name);
  return {
    name: `${d1Mini.id} with ${name}`,
    broker: sharedBroker(() => start(path!)),
    device: () => simulated(d1Mini),
    isVirtual: false,
    together: 8,
    isStrict,
    skip,
  };
}

function onInterpreter(combination: Combination, name: string): Combination<InterpretedHardware> {
  return {
    ...combination,
    name: `interpreter with ${name}`,
    device: () => interpreted(espruino.path!, linux),
    isVirtual: false,
    // An interpreter that waits keeps a processor busy.
    together: 3,
    skip: espruino.skip || (combination.skip ?? false),
  };
}

/** A simulated ESP8266, in real time. */
export const withMosquitto = onBoard('mosquitto');
export const withRabbitmq = onBoard('rabbitmq');

/** The real interpreter. */
export const interpreterWithAedes = onInterpreter(onVirtualTime[0]!, 'aedes');
export const interpreterWithMosquitto = onInterpreter(withMosquitto, 'mosquitto');
export const interpreterWithRabbitmq = onInterpreter(withRabbitmq, 'rabbitmq');
