import assert from 'node:assert/strict';
import type { Bell, Hardware } from '../support/bell.ts';
import type { Scene } from '../support/scene.ts';
import { stage } from '../support/stage.ts';
import type { Combination } from '../support/stage.ts';

/** The power of a bell is cut, and its broker has noticed. Aedes counts keep-alives in real time. */
async function pullPlug(scene: Scene, bell: Bell): Promise<void> {
  bell.forget();
  await bell.hardware.unplug();
  if (scene.time) scene.wire.cut();
  await bell.hears('status', 'offline');
}

/** What each payload sounds like, as strokes in ms. */
const SOUNDS: [payload: string, strokes: number[]][] = [
  ['', [200]], ['1', [200]], ['ring', [200]], ['PRESS', [200]], ['ON', [200]],
  ['300', [300]], ['100,50,60', [100, 60]], ['door', [50, 50, 50]],
  ['{"pattern":"50","times":2,"gap":60}', [50, 50]], ['{"pattern":"door"}', [50, 50, 50]], ['{}', [200]],
];

/** What a bell does for people, whatever it is made of. */
export function behaviour<H extends Hardware>(combination: Combination<H>): void {
  stage(combination, (play) => {
    play('comes online, and says so to whoever comes later', async (scene, make) => {
      const bell = await (await scene.bell(make)).start();
      assert.equal(await bell.kept('status'), 'online');
      const info = JSON.parse(await bell.kept('info')) as Record<string, unknown>;
      assert.deepEqual(info['names'], ['front', 'ground', 'all']);
      bell.sounded([]);
    });

    play('sounds as each form of payload asks', async (scene, make) => {
      const ring = { during: 'queue', patterns: { door: '50,40,50,40,50' } };
      const bell = await (await scene.bell(make, { ring, guard: { lockoutMs: 0 } })).start();
      for (const [payload, strokes] of SOUNDS) {
        const before = bell.strokes().length;
        assert.equal((await bell.ring(payload)).outcome, 'rung', payload);
        bell.sounded(strokes, before);
      }
    });

    play('tells the outcome by the id of the ring', async (scene, make) => {
      const bell = await (await scene.bell(make)).start();
      assert.deepEqual(await bell.ring('{"id":"a1","pattern":"60"}'), { outcome: 'rung', ms: 60, id: 'a1' });
      assert.equal((await bell.ring('{"id":"a1","pattern":"60"}')).outcome, 'duplicate');
      bell.sounded([60]);
    });

    play('refuses what it does not understand or what is too long', async (scene, make) => {
      const bell = await (await scene.bell(make)).start();
      for (const payload of ['nonsense', '99999', '100,,100', '{"pattern":', '[', '\xff\xfe']) {
        const rang = await bell.ring(payload);
        assert.equal(rang.outcome, 'invalid', payload);
        assert.ok(rang.reason, payload);
      }
      bell.sounded([]);
    });

    play('answers to its group and to all, at each QoS', async (scene, make) => {
      const bell = await (await scene.bell(make, { guard: { lockoutMs: 0 }, ring: { during: 'queue' } })).start();
      for (const name of ['front', 'ground', 'all']) {
        for (const qos of [0, 1, 2] as const) assert.equal((await bell.ring('60', { name, qos })).outcome, 'rung');
      }
      assert.equal(bell.strokes().length, 9);
    });

    play('is silent at once when it is told to stop', async (scene, make) => {
      const bell = await (await scene.bell(make, { guard: { lockoutMs: 0 }, ring: { during: 'queue' } })).start();
      for (const [verb, payload] of [['stop', ''], ['ring', '0']] as const) {
        const before = bell.hardware.relay.length;
        await bell.send('ring', '1000,500,1000');
        await scene.waiting.until('an edge', () => bell.hardware.relay.length > before);
        await bell.send(verb, payload);
        assert.equal((await bell.outcome()).outcome, 'stopped');
        assert.equal(bell.strokes().length, before / 2 + 1);
      }
    });

    play('is busy while it sounds', async (scene, make) => {
      const bell = await (await scene.bell(make)).start();
      await bell.send('ring', '{"id":"long","pattern":"900"}');
      assert.deepEqual(await bell.ring('{"id":"late"}'), { outcome: 'busy', ms: 0, id: 'late' });
      assert.equal((await bell.outcome()).id, 'long');
      bell.sounded([900]);
    });

    play('answers the roll call', async (scene, make) => {
      const bell = await (await scene.bell(make)).start();
      for (const name of ['front', 'ground', 'all']) {
        await bell.send('who', '', { name, qos: 0 });
        assert.equal((JSON.parse(await bell.hears('info')) as Record<string, unknown>)['error'], '');
      }
    });

    play('changes its settings, and keeps them without power', async (scene, make) => {
      const bell = await (await scene.bell(make, { mqtt: { cleanSession: true, keepAlive: 5 } })).start();
      await bell.set({ muted: true });
      assert.equal((await bell.ring()).outcome, 'muted');
      await pullPlug(scene, bell);
      await bell.start();
      assert.equal((await bell.ring()).outcome, 'muted');
      await bell.set({ muted: false });
      assert.equal((await bell.ring()).outcome, 'rung');
      bell.sounded([200]);
    });

    play('answers to a new group, still to its name and to all, and not to a group it left', async (scene, make) => {
      const bell = await (await scene.bell(make, { guard: { lockoutMs: 0 }, ring: { during: 'queue' } })).start();
      await bell.set({ groups: ['attic'] });
      await bell.send('ring', '{"id":"left"}', { name: 'ground' });
      for (const name of ['front', 'attic', 'all']) {
        assert.equal((await bell.ring('60', { name })).outcome, 'rung', name);
      }
      bell.sounded([60, 60, 60]);
    });

    play('refuses to change what is not for the network, and says why', async (scene, make) => {
      const bell = await (await scene.bell(make)).start();
      const info = await bell.set({ mqtt: { host: 'elsewhere' } });
      assert.equal(info['error'], 'mqtt.host cannot be changed remotely');
    });

    play('is offline when its plug is pulled, and online when it is back', async (scene, make) => {
      const bell = await (await scene.bell(make, { mqtt: { keepAlive: 5 } })).start();
      await pullPlug(scene, bell);
      assert.equal(await bell.kept('status'), 'offline');
      await bell.start();
      assert.equal(await bell.kept('status'), 'online');
      bell.sounded([]);
    });
  });
}
