import assert from 'node:assert/strict';
import { test } from 'node:test';
import d1Mini from '../../boards/d1-mini.ts';
import esp32 from '../../boards/esp32-devkit.ts';
import { REFUSED, WELL } from '../../firmware/core/led.ts';
import type { PinEdge } from '../../simulator/index.ts';
import { virtual } from '../support/virtual.ts';
import type { Virtual } from '../support/virtual.ts';

const CONNECT = 1;

/** How often the LED lights up in the next four seconds. */
async function blinks({ bell, time }: Virtual, { pin, on }: { pin: string; on: 0 | 1 }): Promise<number> {
  const { edges } = bell.hardware.board;
  const before = edges.length;
  await time.advance(4000);
  return edges.slice(before).filter((edge: PinEdge) => edge.pin === pin && edge.level === on).length;
}

for (const kind of [d1Mini, esp32]) {
  test(`${kind.id}: asks slowly with a wrong password, and tells why once it is let in`, async (context) => {
    const stage = await virtual(context, kind, { mqtt: { username: 'bell', password: 'wrong' } });
    const { scene, bell, time } = stage;
    bell.hardware.plug();
    await scene.waiting.until('a refusal', () => scene.wire.sent.includes(CONNECT));
    await time.advance(10 * 60_000);
    const attempts = scene.wire.sent.filter((type) => type === CONNECT).length;
    assert.ok(attempts >= 7 && attempts <= 20, `${attempts} attempts in ten minutes`);
    assert.equal(await blinks(stage, kind.led), REFUSED);
    scene.wire.filter = letIn;
    await bell.online();
    assert.match(String((await bell.info())['error']), /^(bad user name or password|not authorized)$/);
    assert.equal(await blinks(stage, kind.led), WELL);
    bell.sounded([]);
  });
}

/** CONNECT with the password that the broker knows. */
function letIn(packet: Buffer, type: number): Buffer {
  if (type !== CONNECT) return packet;
  const right = packet.toString('latin1').replace('\x05wrong', '\x04ring');
  return Buffer.from(right[0] + String.fromCharCode(right.charCodeAt(1) - 1) + right.slice(2), 'latin1');
}
