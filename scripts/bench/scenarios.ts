import type { BenchBroker } from './broker.ts';
import { BELL } from './firmware.ts';
import { update } from './update.ts';

/** How long a bell may take for any of this, ms. */
const PATIENCE = 10_000;

/** Something that happens to a bell that is connected and idle. Rejects when the bell does not do its part. */
export interface Scenario {
  readonly name: string;
  /** Whether the settings hold a password of 1 KB. */
  readonly longPassword?: boolean;
  act(broker: BenchBroker): Promise<void>;
}

/** What the memory has to be enough for. */
export const scenarios: readonly Scenario[] = [
  { name: 'reconnect', act: reconnect },
  { name: 'reconnect with a password of 1 KB', longPassword: true, act: reconnect },
  { name: 'ring of one stroke', act: (broker) => ring(broker, '10') },
  { name: 'ring of a named pattern', act: (broker) => ring(broker, 'door') },
  { name: 'ring of 16 strokes', act: (broker) => ring(broker, Array(31).fill('10').join(',')) },
  { name: 'ring in JSON, with an id', act: (broker) => ring(broker, jsonRing()) },
  { name: 'a message to set', act: changeSettings },
  { name: 'set, with a password of 1 KB', longPassword: true, act: changeSettings },
  { name: 'who, answered by info', act: who },
  { name: 'who, with a password of 1 KB', longPassword: true, act: who },
  { name: 'reports that nobody acknowledges', act: fullQueue },
  { name: 'pieces of 268 bytes', act: inPieces },
  { name: 'a packet of 5 KB, skipped', act: oversize },
  { name: 'burst of 1,000 rings', act: (broker) => burst(broker, 1000) },
  { name: 'an update of 22 KB', act: receiveImage },
];

/** Resolves with the payload of the next message of this verb that the bell publishes, and that matches. */
export function expect(
  broker: BenchBroker, verb: string, matches: (payload: string) => boolean, patience = PATIENCE,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(() => reject(new Error(`no ${verb} came`))), patience);
    const stop = broker.listen((topic, payload) => {
      if (topic === `bell/${BELL}/${verb}` && matches(payload)) end(() => resolve(payload));
    });
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      stop();
      settle();
    };
  });
}

/** Resolves when the bell has come online and said everything. */
export function online(broker: BenchBroker): Promise<string> {
  return expect(broker, 'info', () => true);
}

/** Does something and waits for so many acknowledgements of messages. */
export function acknowledgements(broker: BenchBroker, count: number, act: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let left = count;
    const timer = setTimeout(() => end(() => reject(new Error(`${left} messages were not acknowledged`))), PATIENCE);
    const stop = broker.acknowledged(() => {
      if (--left === 0) end(resolve);
    });
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      stop();
      settle();
    };
    act();
  });
}

async function reconnect(broker: BenchBroker): Promise<void> {
  const back = online(broker);
  broker.cut();
  await back;
}

async function ring(broker: BenchBroker, payload: string): Promise<void> {
  const rang = expect(broker, 'rang', (text) => text.includes('"rung"'));
  broker.publish(`bell/${BELL}/ring`, payload, 1);
  await rang;
}

let rings = 0;

function jsonRing(): string {
  return JSON.stringify({ pattern: '10,10,10', times: 2, gap: 20, id: `from-the-benchmark-${rings++}`, ttl: 30 });
}

/** Most are refused as `busy`: one sounds at a time. */
async function burst(broker: BenchBroker, count: number): Promise<void> {
  await acknowledgements(broker, count, () => {
    for (let i = 0; i < count; i++) broker.publish(`bell/${BELL}/ring`, String(10 + (i % 50)), 1);
  });
  await ring(broker, '11');
}

let ttl = 30;

async function changeSettings(broker: BenchBroker): Promise<void> {
  ttl = ttl === 30 ? 31 : 30;
  const said = expect(broker, 'info', (text) => text.includes(`"ttl":${ttl}`));
  broker.publish(`bell/${BELL}/set`, JSON.stringify({ ring: { ttl } }), 1);
  await said;
}

async function who(broker: BenchBroker): Promise<void> {
  const said = online(broker);
  broker.publish(`bell/${BELL}/who`, '', 0);
  await said;
}

/** The queue fills with what has become of rings, the connection is given up, and all is sent again. */
async function fullQueue(broker: BenchBroker): Promise<void> {
  broker.shape.acknowledge = false;
  try {
    await reconnect(broker);
    broker.shape.acknowledge = true;
    const back = online(broker);
    for (let i = 0; i < 100; i++) broker.publish(`bell/${BELL}/ring`, `nonsense ${i}`, 1);
    await back;
    await ring(broker, '12');
  } finally {
    broker.shape.acknowledge = true;
  }
}

async function inPieces(broker: BenchBroker): Promise<void> {
  broker.shape.piece = 268;
  try {
    await reconnect(broker);
    await ring(broker, JSON.stringify({ pattern: '10', id: `${rings++}-${'x'.repeat(20)}`, ignored: 'y'.repeat(400) }));
    await oversize(broker);
  } finally {
    broker.shape.piece = 0;
  }
}

/** All of an image but its trial: that would be a restart. Its code is not what its header says. */
async function receiveImage(broker: BenchBroker): Promise<void> {
  const ended = expect(broker, 'update/status', (text) => text.includes('"failed"'), 3 * PATIENCE);
  update(broker);
  await ended;
}

async function oversize(broker: BenchBroker): Promise<void> {
  broker.publish(`bell/${BELL}/ring`, 'z'.repeat(5000), 0);
  await ring(broker, '13');
}
