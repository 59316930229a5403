import assert from 'node:assert/strict';
import { test } from 'node:test';
import d1Mini from '../../boards/d1-mini.ts';
import esp32c3 from '../../boards/esp32-c3-supermini.ts';
import esp32 from '../../boards/esp32-devkit.ts';
import { longestPassword } from '../../firmware/core/config.ts';
import { virtual } from '../support/virtual.ts';

const CONNECT = 1;

/** Text of which each piece is another, so that none can be missing or twice. */
function text(length: number): string {
  return Array.from({ length }, (_, i) => `${i}.`).join('').slice(0, length);
}

for (const [kind, bytes] of [[d1Mini, 1024], [esp32, 4096], [esp32c3, 4096]] as const) {
  test(`${kind.id}: is let in with the longest name and a token of ${bytes} bytes, and rings`, async (context) => {
    assert.equal(longestPassword(kind.chip), bytes);
    const login = { username: text(256), password: text(bytes) };
    const mqtt = { ...login, cleanSession: true };
    const { bell, scene } = await virtual(context, kind, { mqtt }, {}, login);
    let longest = 0;
    scene.wire.filter = (packet, type) => {
      if (type === CONNECT) longest = Math.max(longest, packet.length);
      return packet;
    };
    await bell.start();
    assert.ok(longest > 256 + bytes, `CONNECT has ${longest} bytes`);
    assert.equal((await bell.ring('{"id":"first"}')).outcome, 'rung');
    // The settings are written anew, and the token with them.
    await bell.set({ ring: { ttl: 45 } });
    await bell.hardware.unplug();
    await bell.start();
    assert.equal((await bell.ring('{"id":"second"}')).outcome, 'rung');
    bell.sounded([200, 200]);
  });
}
