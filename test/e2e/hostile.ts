import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import mqttPacket from 'mqtt-packet';
import type { Bell, Hardware } from '../support/bell.ts';
import type { Scene } from '../support/scene.ts';
import { stage } from '../support/stage.ts';
import type { Combination } from '../support/stage.ts';

/** A message for the bell as a broker would send it. */
function publish(topic: string, payload: Buffer | string, qos: 0 | 1 | 2 = 0, messageId = 7): Buffer {
  return mqttPacket.generate({ cmd: 'publish', topic, payload, qos, messageId, dup: false, retain: false });
}

/** Variables that a bell may keep: 3 or 4 were measured with every stream, the text of its last error. */
const MOST_KEPT = 6;

/** The same where 32 messages are in the middle of their handshake and some were taken for rings: 16 or 17. */
const MOST_OF_MESSAGES = 20;

/** What a broker that is broken or malicious may send; the bell may end the link, or take it. */
const STREAMS: readonly [title: string, bytes: (topic: string) => Buffer, kept?: number][] = [
  ['random bytes', () => randomBytes(4000)],
  ['zeros', () => Buffer.alloc(4000)],
  ['a packet that never ends', () => Buffer.concat([Buffer.from('30ffffff7f', 'hex'), Buffer.alloc(200_000, 0x41)])],
  ['a length of five bytes', () => Buffer.from('30ffffffffff7f', 'hex')],
  ['a second CONNACK', () => Buffer.from('20020000', 'hex')],
  ['acknowledgements that nobody waits for', () => Buffer.from('4002000150020002700200039003000400'.repeat(50), 'hex')],
  ['many messages in the middle of their handshake',
    (topic) => Buffer.concat(Array.from({ length: 200 }, (_, i) => publish(topic, '', 2, i + 1))), MOST_OF_MESSAGES],
  ['thousands of small packets', (topic) => Buffer.concat(Array<Buffer>(3000).fill(publish(`${topic}x`, 'x')))],
  ['a topic with a wildcard', () => publish('a', '').fill('#', 4, 5)],
  ['a message over the limit', (topic) => publish(topic, Buffer.alloc(20_000, 0x31), 1)],
];

/** Variables that are free, as the bell tells every five seconds. */
async function free(bell: Bell): Promise<number> {
  bell.forget();
  return (JSON.parse(await bell.hears('stats')) as { free: number }).free;
}

/** The bell works again, in the end. Nothing but the last ring has sounded. */
async function recovers(bell: Bell, scene: Scene): Promise<void> {
  scene.wire.cut();
  await bell.online();
  await bell.set({ ring: { ttl: 60 } });
  await bell.send('ring', '{"id":"well","pattern":"90","ttl":600}');
  assert.equal(await bell.outcomeOf('well'), 'rung');
}

/** How the bell takes what no broker should send. */
export function hostile<H extends Hardware>(combination: Combination<H>): void {
  stage({ ...combination, name: `${combination.name}, with a hostile broker` }, (play) => {
    for (const [title, bytes, kept = MOST_KEPT] of STREAMS) {
      play(`survives ${title}, and keeps nothing of it in memory`, async (scene, make) => {
        const bell = await (await scene.bell(make, { muted: true, statsS: 5 })).start();
        const before = await free(bell);
        scene.wire.inject(bytes(`${scene.prefix}/front/ring`));
        await bell.send('who', '', { qos: 0 });
        scene.wire.cut();
        await bell.online();
        let lost = before - await free(bell);
        // What it has just said may not all have been acknowledged then.
        if (lost > kept) lost = before - await free(bell);
        assert.ok(lost <= kept, `${lost} variables`);
        await bell.set({ muted: false });
        await recovers(bell, scene);
        bell.sounded([90]);
      });
    }

    play('refuses a patch that would take all of its memory', async (scene, make) => {
      const bell = await (await scene.bell(make)).start();
      const { error } = await bell.set({ groups: Array<string>(315).fill('') });
      assert.equal(error, 'a patch has at most 60 commas outside of texts: send several');
      assert.equal((await bell.ring('90')).outcome, 'rung');
    });

    play('takes a message in single bytes', async (scene, make) => {
      const bell = await (await scene.bell(make)).start();
      for (const byte of publish(`${scene.prefix}/front/ring`, '{"id":"slow","pattern":"90"}')) {
        scene.wire.inject(Buffer.from([byte]));
      }
      assert.equal(await bell.outcomeOf('slow'), 'rung');
    });
  });
}
