import assert from 'node:assert/strict';
import type { Bell, Hardware } from '../support/bell.ts';
import { stage } from '../support/stage.ts';
import type { Combination } from '../support/stage.ts';
import { keepAnswers, loseAnswers } from './unanswered.ts';

/** Room for all rings of a test, one after the other. */
const PATIENT = { guard: { lockoutMs: 0 }, ring: { during: 'queue', ttl: 120 } };

/** Rings are told apart by their length, ms, so that they need no id. */
function lengths(count: number, from = 41): number[] {
  return Array.from({ length: count }, (_, i) => from + i);
}

/** Waits until each of these rings has sounded. */
async function sounded(bell: Bell, rings: readonly number[]): Promise<void> {
  const left = new Set(rings);
  while (left.size) left.delete((await bell.outcome()).ms);
}

/** What a ring of this length is in a message. */
type Written = (ms: number) => string;

const WAYS: readonly [title: string, qos: 1 | 2, written: Written][] = [
  ['QoS 1', 1, (ms) => `{"id":"r${ms}","pattern":${ms}}`],
  ['QoS 2', 2, (ms) => `{"id":"r${ms}","pattern":${ms}}`],
  ['QoS 1 without an id', 1, String],
  ['QoS 2 without an id', 2, String],
];

/** Without an id, and with a broker that is not strict or grants less, a copy looks like a new ring. */
const UNTELLABLE = 'this broker sends copies that nothing tells from new rings';

/** How the bell takes it that its broker, or what lies between, goes away. */
export function outage<H extends Hardware>(combination: Combination<H>): void {
  stage({ ...combination, name: `${combination.name}, in an outage` }, (play) => {
    for (const [title, qos, written] of WAYS) {
      play(`loses no ring of ${title}, nor rings twice, when packets go with the link`, async (scene, make, test) => {
        if (written === String && (scene.broker.maxQos < qos || !combination.isStrict)) return test.skip(UNTELLABLE);
        const bell = await (await scene.bell(make, { ...PATIENT, mqtt: { qos } })).start();
        const rings = lengths(combination.isVirtual ? 16 : 6);
        // The link breaks instead of the n-th packet that the bell sends.
        for (let n = 1; n <= rings.length / 2; n++) {
          let left = n;
          scene.wire.filter = (packet) => {
            if (--left > 0) return packet;
            scene.wire.cut();
            return undefined;
          };
          const round = rings.slice(2 * n - 2, 2 * n);
          await Promise.all(round.map((ms) => bell.send('ring', written(ms), { qos })));
          await scene.waiting.until('the link to break', () => left <= 0);
          scene.wire.filter = (packet) => packet;
          await sounded(bell, round);
        }
        await bell.info();
        bell.sounded(rings);
      });
    }

    play('says that a ring is stale when it waited for longer than its time to live', async (scene, make) => {
      const bell = await (await scene.bell(make, { ring: { ttl: 2 } })).start();
      let dials = 0;
      const { connect } = scene.wire;
      scene.wire.connect = () => {
        dials++;
        return undefined;
      };
      scene.wire.cut();
      await bell.send('ring', '{"id":"old","ttl":2}');
      await scene.waiting.until('four attempts to connect', () => dials >= 4);
      scene.wire.connect = connect;
      assert.equal(await bell.outcomeOf('old'), 'stale');
      bell.sounded([]);
    });

    play('notices within its keep-alive that nobody is there any more', async (scene, make) => {
      const bell = await (await scene.bell(make, { mqtt: { keepAlive: 6 } })).start();
      const since = scene.time?.now() ?? 0;
      scene.wire.silence();
      await bell.online();
      // A ping after half of it, and as long for its answer; then the way back.
      if (scene.time) assert.ok(scene.time.now() - since <= 9000, `${scene.time.now() - since} ms`);
      assert.equal((await bell.ring('{"id":"new"}')).id, 'new');
    });

    play('gives way to another client with its name, and comes back', async (scene, make) => {
      const bell = await (await scene.bell(make)).start();
      const twin = await scene.client('b0', { reconnectPeriod: 0 });
      await bell.online();
      assert.ok(!twin.connected);
      bell.sounded([]);
    });
  });
}

/** The same with a broker that ends and starts again, as a whole, with all that it had stored. */
export function restart<H extends Hardware>(combination: Combination<H>): void {
  stage({ ...combination, name: `${combination.name}, which restarts`, together: 1 }, (play) => {
    for (const [title, qos, written] of WAYS) {
      play(`loses no ring of ${title}, nor rings twice, when the broker restarts`, async (scene, make, test) => {
        if (scene.broker.maxQos < qos) return test.skip('this broker has no QoS 2');
        if (written === String && !combination.isStrict) return test.skip(UNTELLABLE);
        const bell = await (await scene.bell(make, { ...PATIENT, mqtt: { qos } })).start();
        const rings = lengths(4);
        const send = (ms: number) => bell.send('ring', written(ms), { qos });
        // The bell has two of them, and its broker ends before it can know.
        const lost = loseAnswers(scene);
        const sent = rings.slice(0, 2).map(send);
        await lost(2);
        await scene.broker.kill();
        keepAnswers(scene);
        sent.push(...rings.slice(2).map(send));
        await scene.broker.revive();
        await Promise.all(sent);
        await sounded(bell, rings);
        await bell.info();
        bell.sounded(rings);
      });
    }
  });
}
