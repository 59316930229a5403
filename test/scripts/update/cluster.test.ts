import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { MqttClient } from 'mqtt';
import d1Mini from '../../../boards/d1-mini.ts';
import { castOf, olderStorages } from '../../../scripts/bench/fleet/cast.ts';
import { Crew } from '../../../scripts/bench/fleet/crew.ts';
import { updateAll } from '../../../scripts/bench/fleet/tool.ts';
import { dist, version } from '../../../scripts/lib/paths.ts';
import { balance } from '../../support/balancer.ts';
import { connectClient } from '../../support/mqtt-client.ts';
import { optional } from '../../support/optional.ts';
import { rabbitmqCluster, type Cluster } from '../../support/rabbitmq.ts';
import { RollOfRings } from '../../support/roll-of-rings.ts';

const { path, skip } = optional('rabbitmq');
const CAST = castOf(18).filter(({ board }) => board === d1Mini.id);
const IMAGE = join(dist, `${d1Mini.id}.image`);
/** So many times faster than real time do the bells live. */
const SPEED = 4;
/** One of them is rung so often, ms. */
const RING_EVERY = 500;

/** Counts how often the relays of these bells go on, from `start` on. */
function countStrokes(crew: Crew): { start(): void; count(): number } {
  let strokes = 0;
  return {
    start: () => CAST.forEach(({ id }) => crew.board(id).on('edge', ({ pin, level }) => {
      if (pin === d1Mini.relay.pin && level === d1Mini.relay.on) strokes++;
    })),
    count: () => strokes,
  };
}

/** Waits until so many bells have said something of this kind. */
async function heard(client: MqttClient, verb: string, what: RegExp, count: number): Promise<void> {
  const bells = new Set<string>();
  const listening = new Promise<void>((done) => {
    client.on('message', (topic, payload) => {
      const [, id = '', ...rest] = topic.split('/');
      if (rest.join('/') === verb && what.test(payload.toString()) && bells.add(id).size === count) done();
    });
  });
  await client.subscribeAsync(`bell/+/${verb}`, { qos: 1 });
  await listening;
}

/** Rings one bell after the other for as long as something else lasts. */
async function ringUntil(end: Promise<unknown>, rings: RollOfRings): Promise<void> {
  let isOver = false;
  void end.finally(() => { isOver = true; });
  for (let n = 0; !isOver; n++) {
    await rings.ring(CAST[n % CAST.length]!.id);
    await new Promise((done) => setTimeout(done, RING_EVERY));
  }
}

describe('a cluster of three nodes of RabbitMQ', { skip }, () => {
  let cluster: Cluster;
  let storages: Record<string, Uint8Array>;
  before(async () => {
    // Or the sessions of bells are on one node alone, and are out of reach when it is.
    cluster = await rabbitmqCluster(path!, 3, ['mqtt.durable_queue_type = quorum']);
    storages = await olderStorages([d1Mini]);
  });
  after(() => cluster.stop());

  test('a node crashes in an update, with all that is retained: it ends well, and no ring is lost', async (context) => {
    const crew = new Crew(SPEED);
    const ports = cluster.nodes.map(({ port }) => port);
    // The tool is at the first node, so that what is retained is there and nowhere else.
    const [forBells, forTool] = [await balance(ports), await balance(ports, 'first')];
    const client = await connectClient(`mqtt://127.0.0.1:${ports[1]}`);
    context.after(async () => {
      crew.unplug();
      await client.endAsync(true);
      for (const balancer of [forBells, forTool]) await balancer.close();
    });
    const rings = await RollOfRings.open(client);
    const strokes = countStrokes(crew);
    const online = heard(client, 'status', /^online$/, CAST.length);
    await crew.plug(CAST, storages, () => forBells.port);
    strokes.start();
    await online;
    assert.deepEqual(forBells.connections(), [2, 2, 2]);

    const begun = heard(client, 'update/status', /"have":8,/, 1);
    const running = updateAll(forTool.port, ['--image', IMAGE, '--stages', '100%'], () => undefined);
    const ringing = ringUntil(running, rings);
    await begun;
    await cluster.nodes[0]!.crash();
    const { exitCode, rows } = await running;
    await ringing;

    assert.equal(exitCode, 0, JSON.stringify(rows));
    assert.deepEqual(rows.map(({ runs, state }) => `${runs} ${state}`), CAST.map(() => `${version()} done`));
    assert.equal(forBells.connections()[0], 0);
    const before = rings.rung;
    for (const { id } of CAST) await rings.ring(id);
    await rings.complete();
    assert.equal(rings.rung, before + CAST.length);
    assert.equal(strokes.count(), rings.rung);
    context.diagnostic(`${rings.count} rings: ${rings.summary()}`);
  });
});
