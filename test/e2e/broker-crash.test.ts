import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import d1Mini from '../../boards/d1-mini.ts';
import { mosquittoWith } from '../support/brokers.ts';
import { optional } from '../support/optional.ts';
import { Scene, simulated } from '../support/scene.ts';
import type { SimulatedHardware } from '../support/bell-on-board.ts';
import { keepAnswers, loseAnswers } from './unanswered.ts';

const { path, skip } = optional('mosquitto');

/** Room for all rings, one after the other. */
const PATIENT = { guard: { lockoutMs: 0 }, ring: { during: 'queue', ttl: 120 } };

/** Mosquitto that writes down all that it knows after each change, and whether it has written this text. */
async function careful() {
  let database = '';
  const broker = await mosquittoWith(path!, (folder) => {
    database = join(folder, 'mosquitto.db');
    return [
      'allow_anonymous true', 'set_tcp_nodelay true', 'persistence true', `persistence_location ${folder}/`,
      'autosave_on_changes true', 'autosave_interval 1',
    ];
  });
  const hasWritten = (text: string) => existsSync(database) && readFileSync(database, 'latin1').includes(text);
  return { broker, hasWritten };
}

for (const qos of [1, 2] as const) {
  const title = `loses no ring of QoS ${qos} that its broker had written down, nor rings twice, when that crashes`;
  test(title, { skip, timeout: 100_000 }, async (context) => {
    const { broker, hasWritten } = await careful();
    const scene = new Scene<SimulatedHardware>(broker);
    context.after(async () => {
      await scene.end();
      await broker.stop();
    });
    const bell = await (await scene.bell(simulated(d1Mini), { ...PATIENT, mqtt: { qos } })).start();
    const rings = [41, 42, 43, 44, 45, 46];
    const id = (ms: number) => `"id":"r${ms}"`;
    const send = (ms: number) => bell.send('ring', `{${id(ms)},"pattern":${ms}}`, { qos });
    const brought: string[] = [];
    scene.wire.answers = (packet, type) => {
      if (type === 3) brought.push(packet.toString('latin1'));
      return packet;
    };
    const times = (ms: number) => brought.filter((packet) => packet.includes(id(ms))).length;

    // Two are on their way when the bell is lost; two wait for it.
    const { connect } = scene.wire;
    const lost = loseAnswers(scene);
    await Promise.all(rings.slice(0, 2).map(send));
    await lost(2);
    scene.wire.connect = () => undefined;
    scene.wire.cut();
    keepAnswers(scene);
    await Promise.all(rings.slice(2, 4).map(send));
    // Whoever sent them has been told that the broker has them; a moment later it has written that down, with this.
    await bell.client.publishAsync(`${scene.prefix}/note`, 'all of the above', { qos: 1, retain: true });
    while (!hasWritten('all of the above')) await wait(20);
    await broker.crash();
    // And two are sent to a broker that is not there.
    const late = rings.slice(4).map(send);
    scene.wire.connect = connect;
    await broker.revive();
    await Promise.all(late);

    await bell.send('ring', '{"id":"last","pattern":47}', { qos });
    assert.equal(await bell.outcomeOf('last'), 'rung');
    bell.sounded([...rings, 47]);
    assert.deepEqual(rings.map(times), [2, 2, 1, 1, 1, 1]);
  });
}
