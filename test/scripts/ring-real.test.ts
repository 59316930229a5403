import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import d1Mini from '../../boards/d1-mini.ts';
import { command } from '../../scripts/commands/ring.ts';
import type { Values } from '../../scripts/lib/command.ts';
import { Failure } from '../../scripts/lib/failure.ts';
import type { Bell } from '../support/bell.ts';
import { portOf } from '../support/broker-port.ts';
import { mortalAedes } from '../support/mortal-aedes.ts';
import { Scene, simulated } from '../support/scene.ts';
import { FakeIo } from './host.ts';

describe('bell ring, and the firmware on a simulated board', () => {
  let scene: Scene;
  let bell: Bell;
  let door: Awaited<ReturnType<typeof portOf>>;

  before(async () => {
    const broker = await mortalAedes();
    scene = new Scene(broker);
    door = await portOf(broker);
    bell = await scene.bell(simulated(d1Mini), { guard: { lockoutMs: 0 } });
    await bell.start();
  });

  after(async () => {
    await scene.end();
    await door.close();
    await scene.broker.stop();
  });

  async function ring(name: string, payload: string, values: Values = {}): Promise<{ end: unknown; out: string }> {
    const io = new FakeIo();
    // Whoever is there answers at once; the time is for those who are not.
    const all = { broker: door.url, prefix: scene.prefix, timeout: '30', ...values };
    const end = await command.run(all, payload === '' ? [name] : [name, payload], io).catch((error: unknown) => {
      if (error instanceof Failure) return error.sentence;
      throw error;
    });
    return { end, out: io.stdout };
  }

  test('a ring is rung, by its pattern and with all that an id is good for', async () => {
    assert.deepEqual(await ring('front', '60,40,60', { id: 'lunch' }), { end: 0, out: 'front: rung, 120 ms.\n' });
    assert.equal(bell.strokes().length, 2);
    const again = await ring('front', '60,40,60', { id: 'lunch' });
    assert.deepEqual(again, { end: 1, out: 'front: refused: this ring was heard before.\n' });
    assert.equal(bell.strokes().length, 2);
  });

  test('a pattern of a name that the bell does not have is refused at once, with the reason', async () => {
    const { end, out } = await ring('front', 'fanfare');
    assert.deepEqual([end, out], [1, 'front: refused: the payload cannot be rung (no pattern has this name).\n']);
  });

  test('a stroke that is longer than the bell may sound is refused at once, with the limit', async () => {
    const { end, out } = await ring('front', '1400');
    assert.equal(end, 1);
    assert.match(out, /^front: refused: the payload cannot be rung \(a stroke may last at most 1000 ms\)\.\n$/);
  });

  test('where nobody has the name, nobody is said to have answered', async () => {
    const { end } = await ring('nobody', '60', { timeout: '0' });
    assert.equal(end, 'Nobody called "nobody" answered in time. See who is there with bell watch.');
  });
});
