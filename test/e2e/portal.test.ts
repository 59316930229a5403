import assert from 'node:assert/strict';
import { test } from 'node:test';
import d1Mini from '../../boards/d1-mini.ts';
import c3 from '../../boards/esp32-c3-supermini.ts';
import esp32 from '../../boards/esp32-devkit.ts';
import { bareBell, lonelyBell, PASSWORD } from '../support/lonely-bell.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

for (const kind of [d1Mini, esp32, c3]) {
  const name = (text: string) => `${kind.id}: ${text}`;

  test(name('from the form to online: without settings the access point opens, and afterwards never again'),
    async (context) => {
      const { bell, board, phone, time, isOpen, opens } = await bareBell(context, kind);
      await opens();
      assert.ok(time.now() < MINUTE);
      assert.deepEqual(board.radio.accessPoint, { ssid: 'front', password: PASSWORD });
      assert.match(board.consoleText, /Access point front, password abcd efgh 2345, http:\/\/192\.168\.4\.1\n/);
      const page = await phone.post({ k: 'secret123', h: 'broker' });
      assert.equal(page.status, 200);
      assert.match(page.text, /Stored\. The bell restarts and joins home/);
      await bell.online();
      assert.equal(board.restarts, 1);
      assert.equal((await bell.ring()).outcome, 'rung');
      await time.advance(90 * MINUTE);
      assert.ok(!isOpen());
      bell.sounded([200]);
    });
}

for (const kind of [d1Mini, esp32, c3]) {
  const name = (text: string) => `${kind.id}: ${text}`;

  test(name('a bell whose network is gone opens it after the stated time, and closes it when the network is back'),
    async (context) => {
      const { bell, board, time, scene, isOpen } = await lonelyBell(context, kind, { portal: { afterS: 120 } });
      await bell.start();
      board.wifi(false);
      await time.advance(2 * MINUTE - 5 * SECOND);
      assert.ok(!isOpen(), 'not before its time');
      await scene.waiting.until('the access point', isOpen, 30 * SECOND);
      board.wifi(true);
      const opened = time.now();
      await scene.waiting.until('its end', () => !isOpen(), 10 * MINUTE);
      assert.ok(time.now() - opened < (kind === d1Mini ? 45 : 75) * SECOND, `open for ${time.now() - opened} ms`);
      await bell.online();
      assert.match(board.consoleText, /Access point closed\n/);
      assert.equal(board.restarts, 0);
      await time.advance(MINUTE);
      assert.equal((await bell.ring()).outcome, 'rung');
    });

  test(name('an access point whose web server has failed is closed all the same'), async (context) => {
    const { bell, board, network, time, scene, isOpen } = await lonelyBell(context, kind, { portal: { afterS: 120 } });
    await bell.start();
    network.listen = () => {
      throw new Error('no socket is free');
    };
    board.wifi(false);
    await scene.waiting.until('the access point', isOpen, 3 * MINUTE);
    await time.advance(15 * MINUTE);
    assert.match(board.consoleText, /no socket is free/);
    assert.ok(!isOpen());
    board.wifi(true);
    await bell.online();
  });

  test(name('while the network is gone it is open for ten minutes of an hour, at most'), async (context) => {
    const { bell, board, time, isOpen } = await lonelyBell(context, kind);
    await bell.start();
    board.wifi(false);
    const open: number[] = [];
    for (let minute = 0; minute < 180; minute++) {
      await time.advance(MINUTE);
      if (isOpen()) open.push(minute);
    }
    assert.ok(open.length >= 20 && open.length <= 36, `open in the minutes ${open.join(' ')}`);
    assert.ok(open[0]! >= 9, 'not before ten minutes');
    board.wifi(true);
    await bell.online();
    bell.sounded([]);
  });
}

test('it stays closed: while the network works though the broker is dead, when it is switched off', async (context) => {
  const { bell, scene, time, board, isOpen } = await lonelyBell(context, d1Mini);
  await bell.start();
  scene.wire.connect = () => undefined;
  scene.wire.cut();
  await time.advance(50 * MINUTE);
  assert.ok(!isOpen());
  assert.doesNotMatch(board.consoleText, /ccess point/);
  const off = await lonelyBell(context, d1Mini, { portal: { afterS: 0 } });
  off.board.wifi(false);
  off.bell.hardware.plug();
  await off.time.advance(50 * MINUTE);
  assert.ok(!off.isOpen());
});

test('without a password it stays closed, and says on the console what to do', async (context) => {
  const { bell, board, time, isOpen } = await bareBell(context, d1Mini, '');
  bell.hardware.plug();
  await time.advance(20 * MINUTE);
  assert.ok(!isOpen());
  assert.match(board.consoleText, /No access point: portal\.password is missing\. Run bell provision\.\n/);
});

test('the bell stays a bell: its button rings while the form is open, and it is never open late for that',
  async (context) => {
    const { bell, board, scene, time, phone, opens } = await lonelyBell(context, d1Mini, {
      portal: { afterS: 60 }, ring: { pattern: '900,100,900' }, led: false, guard: { strokeMs: 1000 },
    });
    board.wifi(false);
    await opens();
    board.press(d1Mini.button!.pin);
    await scene.waiting.until('an edge', () => bell.hardware.relay.length > 0);
    const page = await phone.post({ k: 'secret123', h: 'elsewhere' });
    assert.match(page.text, /Stored/);
    assert.equal(board.writesDuringPulse, 0);
    bell.sounded([900, 900]);
    await time.advance(SECOND);
    board.press(d1Mini.button!.pin);
    await scene.waiting.until('the restart', () => board.restarts === 1);
    bell.sounded([900, 900, 900, 900]);
    await time.advance(MINUTE);
    bell.sounded([900, 900, 900, 900]);
  });
