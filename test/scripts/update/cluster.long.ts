import assert from 'node:assert/strict';
import { test } from 'node:test';
import mqtt from 'mqtt';
import { optional } from '../../support/optional.ts';
import { rabbitmqCluster } from '../../support/rabbitmq.ts';

const { path, skip } = optional('rabbitmq');

/** What comes of an attempt to listen, as a bell does it: with a stored session, and under one id. */
type Attempt = 'listens' | 'cut off when it subscribes' | 'not let in';

function attempt(port: number): Promise<Attempt> {
  const client = mqtt.connect(`mqtt://127.0.0.1:${port}`, {
    protocolVersion: 4, reconnectPeriod: 0, clientId: 'bell-1', clean: false,
  });
  return new Promise((done) => {
    let ending: Attempt = 'not let in';
    client.on('error', () => undefined).once('close', () => done(ending));
    client.once('connect', () => {
      ending = 'cut off when it subscribes';
      client.subscribe('bell/front/ring', { qos: 1 }, (error) => {
        if (error) return;
        ending = 'listens';
        client.end();
      });
    });
  });
}

/** Attempts until there is another result than this one. */
async function otherThan(unwanted: Attempt, port: number): Promise<Attempt> {
  let result = unwanted;
  while (result === unwanted) result = await attempt(port);
  return result;
}

/** What docs/updates.md warns of: it is good to know when a newer RabbitMQ does better. */
test('RabbitMQ without quorum queues: who was at a node that is down is deaf while it is', { skip }, async (t) => {
  const cluster = await rabbitmqCluster(path!, 3);
  t.after(() => cluster.stop());
  const [first, second] = cluster.nodes;
  assert.equal(await attempt(first!.port), 'listens');
  await first!.crash();
  // The other two have to find a new leader first.
  assert.equal(await otherThan('not let in', second!.port), 'cut off when it subscribes');
  await first!.revive();
  assert.equal(await otherThan('cut off when it subscribes', second!.port), 'listens');
});
