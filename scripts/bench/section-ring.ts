import mqtt, { type MqttClient } from 'mqtt';
import linux from '../../boards/linux.ts';
import type { Edge } from '../lib/console-text.ts';
import { traceShim } from '../lib/trace-shim.ts';
import type { Context } from './context.ts';
import { BELL, makeFirmware, type Firmware, type Wishes } from './firmware.ts';
import { mostOnTime, percentile, shortestRest, strokesOf } from './guard.ts';
import { startMosquitto } from './mosquitto.ts';
import { startSubject } from './subject.ts';
import type { Section, Table } from './table.ts';
import { update } from './update.ts';

const PATIENCE = 30_000;
const STROKE = 10;
/** The guard that a burst meets: a small budget, so that it is reached. */
const GUARD = { lockoutMs: 20, heatMs: 1000, windowS: 10 };
const BURST = 1000;
/** Seconds after a start in which a ring may have waited in the stored session, and would be called stale. */
const BACKLOG = 10;
/** Seconds after which a bell that was started takes updates. */
const PROVEN = 65;

/** A bell on the interpreter, and an ordinary client beside it. */
interface Stand {
  readonly client: MqttClient;
  readonly edges: Edge[];
  /** Resolves at the next edge to this level. */
  edge(level: 0 | 1): Promise<Edge>;
  /** Resolves when a message on this topic has come that matches. */
  message(verb: string, matches?: (text: string) => boolean): Promise<string>;
  /** Why the bell is of no more use. */
  failure(): Error | undefined;
  stop(): Promise<void>;
}

/** From publishing to the relay's edge, and a thousand rings at once. */
export async function ringSection({ bin, quick, progress }: Context, mosquitto: string): Promise<Section> {
  const rings = quick ? 50 : 500;
  const broker = await startMosquitto(mosquitto);
  const firmware = await makeFirmware(linux);
  try {
    progress.at(0.86, 'from publish to edge');
    const times = await latencies(await startStand(bin, firmware, { port: broker.port, statsS: 10 }), rings);
    progress.at(0.9, `${BURST} rings in one burst`);
    const wishes = { port: broker.port, ...GUARD, statsS: 1 };
    return {
      id: 'ring',
      title: 'From publish to the relay',
      notes: [
        'Mosquitto with `set_tcp_nodelay true` and the linux bundle on this machine. The time of the edge is the '
        + 'interpreter’s own. The echo is the same message as an ordinary client (npm `mqtt`) in the publishing '
        + 'process receives it. QoS 1.',
      ],
      tables: [...times, await burstOrFailure(await startStand(bin, firmware, wishes))],
    };
  } finally {
    await broker.stop();
  }
}

async function startStand(bin: string, firmware: Firmware, wishes: Wishes): Promise<Stand> {
  const edges: Edge[] = [];
  const edgeWaiters: { level: 0 | 1; done: (edge: Edge) => void }[] = [];
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${wishes.port}`, { protocolVersion: 4 });
  await client.subscribeAsync(`bell/${BELL}/#`, { qos: 1 });
  const message: Stand['message'] = (verb, matches = () => true) => new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${verb} came`)), PATIENCE);
    const hear = (topic: string, payload: Buffer): void => {
      if (topic !== `bell/${BELL}/${verb}` || !matches(payload.toString())) return;
      clearTimeout(timer);
      client.off('message', hear);
      resolve(payload.toString());
    };
    client.on('message', hear);
  });
  const ready = message('info');
  const bell = await startSubject({
    bin,
    storage: (probe) => firmware.storage(wishes, probe + traceShim),
    onEdge(edge) {
      if (edge.pin !== linux.relay.pin) return;
      edges.push(edge);
      const index = edgeWaiters.findIndex(({ level }) => level === edge.level);
      if (index >= 0) edgeWaiters.splice(index, 1)[0]!.done(edge);
    },
  });
  await ready;
  return {
    client,
    edges,
    message,
    edge: (level) => new Promise((done) => edgeWaiters.push({ level, done })),
    failure: bell.failure,
    async stop() {
      await bell.stop();
      // What is retained would greet the next stand.
      for (const verb of ['status', 'info']) await client.publishAsync(`bell/${BELL}/${verb}`, '', { retain: true });
      await client.endAsync();
    },
  };
}

/** Of a bell that has nothing else to do, and of one that receives one image after the other. */
async function latencies(stand: Stand, rings: number): Promise<Table[]> {
  try {
    const idle = await latency(stand, rings, '');
    let uptime = 0;
    while (uptime < PROVEN) uptime = (JSON.parse(await stand.message('stats')) as { uptime: number }).uptime;
    const updates = keepUpdating(stand);
    const busy = await latency(stand, rings, ', while images are received');
    if (updates.stop() === 0) throw new Error('no update was under way in the meantime');
    return [idle, busy];
  } finally {
    await stand.stop();
  }
}

/** Has a bell receive one image after the other, none of which it can start. `stop` gives how often it told of them. */
function keepUpdating({ client, message }: Stand): { stop(): number } {
  const retain = (topic: string, payload: Uint8Array): void => {
    client.publish(topic, Buffer.from(payload), { qos: 1, retain: true });
  };
  let reports = 0;
  let isOver = false;
  client.on('message', (topic) => {
    if (topic === `bell/${BELL}/update/status`) reports++;
  });
  const next = (): void => {
    if (isOver) return;
    message('update/status', (text) => text.includes('"failed"')).then(next, () => undefined);
    update({ retain }, linux);
  };
  next();
  return {
    stop() {
      isOver = true;
      return reports;
    },
  };
}

async function latency(stand: Stand, rings: number, when: string): Promise<Table> {
  const toEdge: number[] = [];
  const toEcho: number[] = [];
  const clock = await synchronise();
  for (let i = 0; i < rings; i++) {
    const edge = stand.edge(linux.relay.on);
    const echo = stand.message('ring').then(() => clock());
    const rang = stand.message('rang');
    const start = clock();
    stand.client.publish(`bell/${BELL}/ring`, String(STROKE), { qos: 1 });
    toEdge.push((await edge).ms - start);
    toEcho.push((await echo) - start);
    await rang;
    await new Promise((done) => setTimeout(done, 5 + (i % 20)));
  }
  const row = (name: string, values: number[]): (string | number)[] => [
    name, ...[50, 90, 99, 100].map((percent) => round(percentile(values, percent))),
  ];
  return {
    title: `Time from publish, ms, over ${rings} rings${when}`,
    head: ['to', 'p50', 'p90', 'p99', 'longest'],
    rows: [row('the relay’s edge', toEdge), row('an ordinary client (echo)', toEcho)],
  };
}

/** A clock in ms since 1970 that is finer than `Date.now`, and agrees with it. */
async function synchronise(): Promise<() => number> {
  const start = Date.now();
  while (Date.now() === start);
  const offset = Date.now() - performance.now();
  return () => performance.now() + offset;
}

/** A bell that breaks down under the burst is a figure too: the times before it still count. */
async function burstOrFailure(stand: Stand): Promise<Table> {
  try {
    return await burst(stand);
  } catch (error) {
    const why = (stand.failure() ?? (error as Error)).message;
    return { title: `${BURST} rings in one burst`, head: ['what', 'figure'], rows: [['the bell', `failed: ${why}`]] };
  } finally {
    await stand.stop();
  }
}

async function burst(stand: Stand): Promise<Table> {
  await stand.message('stats', (text) => (JSON.parse(text) as { uptime: number }).uptime > BACKLOG);
  const start = performance.now();
  let counts: Record<string, number> = {};
  const total = (): number => Object.entries(counts)
    .reduce((sum, [what, n]) => sum + (what === 'unreported' ? 0 : n), 0);
  const counted = stand.message('stats', (text) => {
    counts = (JSON.parse(text) as { counts: Record<string, number> }).counts;
    return total() >= BURST;
  });
  for (let i = 0; i < BURST; i++) {
    // Each differs, or it would count as a copy.
    stand.client.publish(`bell/${BELL}/ring`, `{"pattern":"${STROKE}","id":"b${i}"}`, { qos: 1 });
  }
  await counted;
  const spent = performance.now() - start;
  const strokes = strokesOf(stand.edges, linux.relay.on);
  const most = mostOnTime(strokes, GUARD.windowS * 1000);
  const shortest = shortestRest(strokes);
  return {
    title: `${BURST} rings in one burst`,
    head: ['what', 'figure', 'bound'],
    rows: [
      ...Object.entries(counts).map(([what, n]) => [what === 'unreported' ? 'not reported: queue full' : what, n, '']),
      ['outcomes together', total(), BURST],
      ['strokes on the relay', strokes.length, counts['rung'] ?? 0],
      [`most on-time in ${GUARD.windowS} s, ms`, round(most), GUARD.heatMs],
      ['shortest silence between strokes, ms', round(shortest), GUARD.lockoutMs],
      ['until the last was decided and counted, ms', Math.round(spent), ''],
    ],
  };
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100;
}
