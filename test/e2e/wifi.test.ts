import assert from 'node:assert/strict';
import { test } from 'node:test';
import d1Mini from '../../boards/d1-mini.ts';
import esp32 from '../../boards/esp32-devkit.ts';
import { virtual } from '../support/virtual.ts';

const MINUTE = 60_000;

for (const kind of [d1Mini, esp32]) {
  const name = (text: string) => `${kind.id}: ${text}`;

  test(name('comes back when its Wi-Fi does, and rings'), async (context) => {
    const { bell, time } = await virtual(context, kind);
    await bell.start();
    for (const seconds of [1, 20, 300]) {
      bell.hardware.board.wifi(false);
      await time.advance(seconds * 1000);
      bell.hardware.board.wifi(true);
      await bell.online();
    }
    assert.equal(bell.hardware.board.restarts, 0);
    assert.match(String((await bell.info())['error']), /^(signal lost|no such Wi-Fi network in range|Wi-Fi lost)/);
    await bell.send('ring', '{"id":"after"}');
    assert.equal(await bell.outcomeOf('after'), 'stale', 'what comes together with a stored session may have waited');
    await time.advance(5000);
    await bell.send('ring', '{"id":"now"}');
    assert.equal(await bell.outcomeOf('now'), 'rung');
  });

  test(name('has its name in the network, and tells how well it hears the access point'), async (context) => {
    const { bell } = await virtual(context, kind, { id: 'back-door', statsS: 5 });
    const { radio } = bell.hardware.board;
    const told = async () => (JSON.parse(await bell.hears('stats')) as { rssi: number }).rssi;
    await bell.start();
    assert.equal(radio.hostname, 'back-door');
    for (const rssi of [-60, -87]) {
      radio.rssi = rssi;
      bell.forget();
      assert.equal(await told(), rssi);
    }
  });

  test(name('finds an access point that was not there when it started'), async (context) => {
    const { bell, time } = await virtual(context, kind);
    bell.hardware.board.wifi(false);
    bell.hardware.plug();
    await time.advance(10 * MINUTE);
    bell.hardware.board.wifi(true);
    await bell.online();
    assert.equal((await bell.ring()).outcome, 'rung');
  });

  test(name('takes the second network when the first has another password'), async (context) => {
    const wifi = [{ ssid: 'home', password: 'old password' }, { ssid: 'shed', password: 'secret123' }];
    const accessPoints = [{ ssid: 'home', password: 'new password' }, { ssid: 'shed', password: 'secret123' }];
    const { bell } = await virtual(context, kind, { wifi }, { accessPoints });
    await bell.start();
    assert.equal((await bell.info())['error'], 'wrong Wi-Fi password');
  });

  test(name('sounds to the end when the Wi-Fi goes during a stroke, and tells later'), async (context) => {
    const { bell, scene } = await virtual(context, kind);
    await bell.start();
    await bell.send('ring', '{"id":"cut","pattern":"800,300,800"}');
    await scene.waiting.until('an edge', () => bell.hardware.relay.length > 0);
    bell.hardware.board.wifi(false);
    await scene.waiting.until('the end', () => bell.hardware.relay.length === 4);
    bell.hardware.board.wifi(true);
    assert.equal(await bell.outcomeOf('cut'), 'rung');
    bell.sounded([800, 800]);
  });
}
