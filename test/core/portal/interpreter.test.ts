import assert from 'node:assert/strict';
import { test } from 'node:test';
import d1Mini from '../../../boards/d1-mini.ts';
import linux from '../../../boards/linux.ts';
import { loadSettings } from '../../../firmware/core/settings/load.ts';
import { makeFirmware } from '../../../scripts/bench/firmware.ts';
import { networksIn, valuesIn } from '../../../scripts/bench/form-page.ts';
import { isEsp8266, measureLayout } from '../../../scripts/bench/layout.ts';
import { LIMIT } from '../../../scripts/bench/peaks.ts';
import { form, insist, posted } from '../../../scripts/bench/portal-phone.ts';
import { portalScenarios } from '../../../scripts/bench/portal-scenarios.ts';
import { freePort } from '../../../scripts/bench/free-port.ts';
import { costOfPortalStage, openPortalStage, portalStandIn } from '../../../scripts/bench/portal-stage.ts';
import { fasterSeconds } from '../../../scripts/bench/shims.ts';
import { buildBoard } from '../../../scripts/lib/build.ts';
import { readSettings } from '../../../scripts/lib/read-settings.ts';
import { regionStore } from '../../../scripts/lib/region.ts';
import { addFile } from '../../../scripts/lib/storage-file.ts';
import { putSettings } from '../../../scripts/lib/storage-image.ts';
import { crc } from '../../support/crc.ts';
import { runStorage } from '../../support/on-interpreter.ts';
import { optional } from '../../support/optional.ts';
import { limits } from '../../support/settings.ts';

const espruino = optional('espruino');

/** The firmware of an ESP8266 on the real interpreter, whose Storage is elsewhere. */
const kind = { ...d1Mini, storage: linux.storage };

/** Variables that are taken away: an ESP8266 has 1,600, the stand-in takes 88, and 1,100 have to do. */
const BALLAST = 1600 - LIMIT - 88;

test('the form works on the real interpreter, over real sockets, in 1,100 variables', { skip: espruino.skip },
  async (context) => {
    const port = await freePort();
    const { files } = await buildBoard(kind);
    const storage = Buffer.from(files[`${kind.id}.storage`] as Uint8Array);
    const before = {
      id: 'front', led: false, groups: ['ground'], wifi: [{ ssid: 'home', password: 'a password' }],
      mqtt: { host: '127.0.0.1', username: 'bell', password: 's3cret' },
      update: { key: '0123456789abcdef'.repeat(4) }, portal: { password: 'long enough', afterS: 65 },
    };
    putSettings(storage, kind, readSettings('bell.json', () => JSON.stringify(before), kind));
    const standIn = `${portalStandIn(port, 8)}${fasterSeconds(100)}global.FULL="x".repeat(${8 * BALLAST});`;
    const run = runStorage(espruino.path!, addFile(storage, '.boot0', standIn));
    context.after(() => run.interpreter.stop());
    await run.line(/^Access point front, password long enough, /);
    await run.line(/^AP front wpa2$/);
    await run.line(/^listening$/);
    const post = (fields: Record<string, string>) => insist(port, posted(fields), (answer) => answer !== '');
    const page = await form(port);
    assert.match(page, /<\/form>/);
    assert.doesNotMatch(page, /s3cret|a password/);
    assert.equal(networksIn(page).length, 9);
    const values = valuesIn(page);
    assert.match(await post({ ...values, n: 'Front' }), /Name must be a name/);
    const fields = { ...values, n: 'back', s: '1', k: 'p\xc3\xa9ssw\xf6rd & more', p: '1884' };
    assert.match(await post(fields), /Stored\. The bell restarts and joins Network number 1\./);
    const stored = loadSettings(regionStore(run.interpreter.flash(), kind), crc, limits);
    assert.deepEqual([stored.id, stored.wifi[0]?.password, stored.mqtt.port, stored.mqtt.password, stored.update.key],
      ['back', 'p\xc3\xa9ssw\xf6rd & more', 1884, 's3cret', before.update.key]);
    assert.equal(stored.wifi[1]?.ssid, 'home');
    assert.doesNotMatch(run.lines.join('\n'), /Uncaught|MEMORY/);
  });

test('whatever happens at the form, it does with 1,100 variables', { skip: espruino.skip }, async (context) => {
  const bin = espruino.path!;
  const layout = await measureLayout(bin);
  if (!isEsp8266(layout)) return context.skip('the interpreter has not the memory of an ESP8266');
  const firmware = await makeFirmware(kind);
  const own = await costOfPortalStage({ bin, layout });
  for (const { name, around, act } of portalScenarios.filter(({ isOver }) => !isOver)) {
    await context.test(name, async () => {
      const stage = await openPortalStage({ bin, layout, firmware, around, room: LIMIT }, own);
      try {
        await act(stage);
        // What was written on the console before the answer has been read by then.
        await stage.bell.usage();
        assert.equal(stage.bell.failure(), undefined);
      } finally {
        await stage.bell.stop();
      }
    });
  }
});
