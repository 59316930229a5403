import assert from 'node:assert/strict';
import type { Hardware } from '../support/bell.ts';
import { stage } from '../support/stage.ts';
import type { Combination } from '../support/stage.ts';

/** Types of packets, table 2.1 of MQTT 3.1.1. */
const PUBACK = 4;
const PUBREC = 5;

/** Whatever happens around a bell, its relay moves for new rings only. */
export function silence<H extends Hardware>(combination: Combination<H>): void {
  stage({ ...combination, name: `${combination.name}, in silence` }, (play) => {
    play('starts and starts again', async (scene, make) => {
      const bell = await scene.bell(make);
      for (let start = 0; start < 3; start++) {
        await bell.start();
        await bell.hardware.unplug();
      }
      bell.sounded([]);
    });

    play('connects again without a sound', async (scene, make) => {
      const bell = await (await scene.bell(make)).start();
      await bell.ring();
      for (let time = 0; time < 2; time++) {
        scene.wire.cut();
        await bell.online();
      }
      await bell.info();
      bell.sounded([200]);
    });

    play('does not ring for a retained message, whenever it meets one', async (scene, make) => {
      const bell = await scene.bell(make);
      await bell.send('ring', '300', { name: 'all', retain: true });
      await bell.send('ring', '300', { name: 'garden', retain: true });
      await bell.start();
      assert.equal((await bell.outcome()).outcome, 'retained');
      // A new group, and with it a new subscription.
      await bell.set({ groups: ['garden'] });
      const { outcome } = await bell.outcome();
      assert.equal(outcome, 'retained');
      await bell.info();
      bell.sounded([]);
    });

    for (const [qos, answer] of [[1, PUBACK], [2, PUBREC]] as const) {
      play(`rings once for a ring of QoS ${qos} that comes again because its answer was lost`, async (scene, make) => {
        const bell = await (await scene.bell(make, { mqtt: { qos } })).start();
        scene.wire.filter = (packet, type) => (type === answer || type === PUBACK ? undefined : packet);
        const payload = combination.isStrict || scene.broker.maxQos === 2 && qos === 2 ? '200' : '{"id":"once"}';
        assert.equal((await bell.ring(payload, { qos })).outcome, 'rung');
        scene.wire.filter = (packet) => packet;
        scene.wire.cut();
        await bell.online();
        await bell.send('ring', '{"id":"next","pattern":"100"}', { qos });
        assert.equal(await bell.outcomeOf('next'), 'rung');
        bell.sounded([200, 100]);
      });
    }

    play('does not ring for what waited while it had no power', async (scene, make) => {
      const bell = await (await scene.bell(make)).start();
      await bell.hardware.unplug();
      scene.wire.cut();
      await bell.send('ring', '{"id":"late"}');
      bell.hardware.plug();
      const { outcome, id } = await bell.outcome();
      assert.deepEqual([outcome, id], ['stale', 'late']);
      bell.sounded([]);
    });
  });
}
