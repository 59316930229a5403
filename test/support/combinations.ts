import d1Mini from '../../boards/d1-mini.ts';
import esp32 from '../../boards/esp32-devkit.ts';
import linux from '../../boards/linux.ts';
import type { SimulatedHardware } from './bell-on-board.ts';
import type { InterpretedHardware } from './bell-on-interpreter.ts';
import { mosquitto, rabbitmq } from './brokers.ts';
import { mortalAedes } from './mortal-aedes.ts';
import { optional } from './optional.ts';
import { interpreted, simulated } from './scene.ts';
import type { Combination } from './stage.ts';

/** Simulated boards of every chip on virtual time, with Aedes in memory. */
export const onVirtualTime: Combination<SimulatedHardware>[] = [d1Mini, esp32, linux].map((kind) => ({
  name: `${kind.id} on virtual time`,
  broker: mortalAedes,
  device: (time) => simulated(kind, time),
  isVirtual: true,
  isStrict: false,
}));

const brokers = [
  { name: 'mosquitto', start: mosquitto, needed: optional('mosquitto') },
  { name: 'rabbitmq', start: rabbitmq, needed: optional('rabbitmq') },
] as const;

const espruino = optional('espruino');

/** A simulated ESP8266 in real time with brokers from elsewhere. */
export const onBrokers: Combination<SimulatedHardware>[] = brokers.map(({ name, start, needed }) => ({
  name: `${d1Mini.id} with ${name}`,
  broker: () => start(needed.path!),
  device: () => simulated(d1Mini),
  isVirtual: false,
  isStrict: true,
  skip: needed.skip,
}));

const onInterpreter = {
  device: () => interpreted(espruino.path!, linux),
  isVirtual: false,
};

/** The real interpreter with every broker. */
export const onInterpreters: Combination<InterpretedHardware>[] = [
  { name: 'interpreter with aedes', broker: mortalAedes, ...onInterpreter, isStrict: false, skip: espruino.skip },
  ...brokers.map(({ name, start, needed }) => ({
    name: `interpreter with ${name}`,
    broker: () => start(needed.path!),
    ...onInterpreter,
    isStrict: true,
    skip: espruino.skip || needed.skip,
  })),
];
