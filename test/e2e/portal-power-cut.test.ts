import assert from 'node:assert/strict';
import { test } from 'node:test';
import d1Mini from '../../boards/d1-mini.ts';
import esp32 from '../../boards/esp32-devkit.ts';
import type { Page } from '../support/phone.ts';
import { lonelyBell } from '../support/lonely-bell.ts';

/** How much of the write in whose midst the power goes still happens. */
const SHARES = [0, 0.5, 1];

for (const kind of [d1Mini, esp32]) {
  test(`${kind.id}: has its old or its new settings, whenever the power goes while the form is stored`,
    async (context) => {
      const { bell, board, phone, scene, opens, stored } = await lonelyBell(context, kind, {
        portal: { afterS: 10 }, wifi: [{ ssid: 'gone', password: 'secret123' }],
      });
      await opens();
      let port = 2000;
      let done = 0;
      let isStored = 0;
      for (let write = 1; !done; write++) {
        for (const share of SHARES) {
          const before = stored();
          // Another length each time.
          const fields = { s: '', o: 'x'.repeat(1 + port % 31), p: String(++port) };
          board.flash.cutAfter(write, share);
          let page: Page | undefined;
          void phone.post(fields).then((answer) => { page = answer; }, () => undefined);
          await scene.waiting.until('a cut or an answer', () => !board.powered || page !== undefined);
          if (board.powered) {
            assert.match(page!.text, /Stored/);
            done++;
          }
          board.flash.cutAfter(0);
          board.unplug();
          const after = stored();
          const isNew = after.mqtt.port === port;
          const first = [{ ssid: fields.o }, ...before.wifi.filter(({ ssid }) => ssid !== fields.o)].slice(0, 4);
          const wanted = isNew ? { ...before, wifi: first, mqtt: { ...before.mqtt, port } } : before;
          assert.deepEqual(after, wanted, `write ${write}, ${share} of it`);
          isStored += isNew ? 1 : 0;
          // It starts, and the form is there.
          await opens();
        }
      }
      assert.ok(port - 2000 > 20, `${port - 2000} cuts`);
      assert.ok(isStored > done, 'a cut behind the last write leaves the new settings');
      bell.sounded([]);
    });
}
