import type { Board } from '../../boards/board.ts';
import type { BenchBroker } from './broker.ts';
import { BELL } from './firmware.ts';
import { pass } from './seconds.ts';
import type { Subject } from './subject.ts';
import { update } from './update.ts';

/** How long an image may take, ms of the interpreter's time. */
const PATIENCE_WITH_IMAGE = 60_000;

/** Seconds after which what comes has not waited for the connection. */
const MOMENT = 10;

/** A bell, its board, and the broker that it is connected to. */
export interface Stage {
  readonly broker: BenchBroker;
  readonly board: Board;
  readonly bell: Subject;
}

/** Something that happens to a bell that is connected and idle. Rejects when the bell does not do its part. */
export interface Scenario {
  readonly name: string;
  /** Whether the settings hold a password of 1 KB. */
  readonly longPassword?: boolean;
  act(stage: Stage): Promise<void>;
}

/** What the memory has to be enough for. */
export const scenarios: readonly Scenario[] = [
  { name: 'reconnect', act: reconnect },
  { name: 'reconnect with a password of 1 KB', longPassword: true, act: reconnect },
  { name: 'ring of one stroke', act: (stage) => ring(stage, '10') },
  { name: 'ring of a named pattern', act: (stage) => ring(stage, 'door') },
  { name: 'ring of 16 strokes', act: (stage) => ring(stage, Array(31).fill('10').join(',')) },
  { name: 'ring in JSON, with an id', act: (stage) => ring(stage, jsonRing()) },
  { name: 'a message to set', act: changeSettings },
  { name: 'set, with a password of 1 KB', longPassword: true, act: changeSettings },
  { name: 'who, answered by info', act: who },
  { name: 'who, with a password of 1 KB', longPassword: true, act: who },
  { name: 'reports that nobody acknowledges', act: fullQueue },
  { name: 'pieces of 268 bytes', act: inPieces },
  { name: 'a packet of 5 KB, skipped', act: oversize },
  { name: 'burst of 1,000 rings', act: (stage) => burst(stage, 1000) },
  { name: 'an update of 22 KB', act: receiveImage },
];

/** Resolves with the payload of the next message of this verb that the bell publishes, and that matches. */
export function expect(
  { broker, bell }: Stage, verb: string, matches: (payload: string) => boolean, patience?: number,
): Promise<string> {
  let stop = (): void => undefined;
  const heard = new Promise<string>((resolve) => {
    stop = broker.listen((topic, payload) => {
      if (topic === `bell/${BELL}/${verb}` && matches(payload)) resolve(payload);
    });
  });
  return bell.within(verb, heard, patience).finally(stop);
}

/** Resolves when the bell has come online and said everything. */
export function online(stage: Stage): Promise<string> {
  return expect(stage, 'info', () => true);
}

/** Does something and waits for so many acknowledgements of messages; each may take its time. */
export async function acknowledgements({ broker, bell }: Stage, count: number, act: () => void): Promise<void> {
  let done = 0;
  let wake = (): void => undefined;
  const stop = broker.acknowledged(() => {
    done++;
    wake();
  });
  try {
    act();
    while (done < count) await bell.within('acknowledgement', new Promise<void>((heard) => (wake = heard)));
  } finally {
    stop();
  }
}

export async function reconnect(stage: Stage): Promise<void> {
  const back = online(stage);
  stage.broker.cut();
  await back;
}

async function ring(stage: Stage, payload: string): Promise<void> {
  const rang = expect(stage, 'rang', (text) => text.includes('"rung"'));
  stage.broker.publish(`bell/${BELL}/ring`, payload, 1);
  await rang;
}

let rings = 0;

function jsonRing(): string {
  return JSON.stringify({ pattern: '10,10,10', times: 2, gap: 20, id: `from-the-benchmark-${rings++}`, ttl: 30 });
}

/** Most are refused as `busy`: one sounds at a time. */
async function burst(stage: Stage, count: number): Promise<void> {
  await acknowledgements(stage, count, () => {
    for (let i = 0; i < count; i++) stage.broker.publish(`bell/${BELL}/ring`, String(10 + (i % 50)), 1);
  });
  await ring(stage, '11');
}

let ttl = 30;

async function changeSettings(stage: Stage): Promise<void> {
  ttl = ttl === 30 ? 31 : 30;
  const said = expect(stage, 'info', (text) => text.includes(`"ttl":${ttl}`));
  stage.broker.publish(`bell/${BELL}/set`, JSON.stringify({ ring: { ttl } }), 1);
  await said;
}

async function who(stage: Stage): Promise<void> {
  const said = online(stage);
  stage.broker.publish(`bell/${BELL}/who`, '', 0);
  await said;
}

/** The queue fills with what has become of rings, the connection is given up, and all is sent again. */
export async function fullQueue(stage: Stage): Promise<void> {
  const { broker } = stage;
  broker.shape.acknowledge = false;
  try {
    await reconnect(stage);
    broker.shape.acknowledge = true;
    const back = online(stage);
    for (let i = 0; i < 100; i++) broker.publish(`bell/${BELL}/ring`, `nonsense ${i}`, 1);
    await back;
    // A ring that comes at once may have waited as long as the connection was gone.
    await pass(stage, MOMENT);
    await ring(stage, '12');
  } finally {
    broker.shape.acknowledge = true;
  }
}

async function inPieces(stage: Stage): Promise<void> {
  const { broker } = stage;
  broker.shape.piece = 268;
  try {
    await reconnect(stage);
    await ring(stage, JSON.stringify({ pattern: '10', id: `${rings++}-${'x'.repeat(20)}`, ignored: 'y'.repeat(400) }));
    await oversize(stage);
  } finally {
    broker.shape.piece = 0;
  }
  // The next scenario gets a connection without a shape.
  await reconnect(stage);
}

/** All of an image but its trial: that would be a restart. Its code is not what its header says. */
async function receiveImage(stage: Stage): Promise<void> {
  const ended = expect(stage, 'update/status', (text) => text.includes('"failed"'), PATIENCE_WITH_IMAGE);
  update(stage.broker, stage.board);
  await ended;
}

export async function oversize(stage: Stage): Promise<void> {
  stage.broker.publish(`bell/${BELL}/ring`, 'z'.repeat(5000), 0);
  await ring(stage, '13');
}
