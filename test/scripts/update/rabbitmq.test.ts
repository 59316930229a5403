import assert from 'node:assert/strict';
import { test } from 'node:test';
import { portOf } from '../../support/broker-port.ts';
import { rabbitmq } from '../../support/brokers.ts';
import { optional } from '../../support/optional.ts';
import { Home } from './home.ts';

const { path, skip } = optional('rabbitmq');

test('RabbitMQ, which gives nothing retained to a wildcard: an update, and the next', { skip }, async (context) => {
  const broker = await rabbitmq(path!);
  const { url, close } = await portOf(broker);
  context.after(async () => {
    await close();
    await broker.stop();
  });
  const at = new Home(context, url);
  // It is slower than others.
  const front = await at.bell({ id: 'front', loses: [2], wantMs: 1500 });
  for (const version of ['1.1.0', '1.2.0']) {
    const { file, bytes } = at.image(version);
    const { end, out, err } = await at.update(['all'], { image: file });
    assert.equal(end, 0, out + err);
    assert.doesNotMatch(err, /keeps no messages/);
    assert.deepEqual(front.image, bytes);
  }
  assert.equal(Object.keys(at.read('bell.rollout.json')['published'] as object).length, 1);
});
