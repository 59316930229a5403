import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import d1Mini from '../../../boards/d1-mini.ts';
import { answer, BoardTab, fill, fitsOnPhone, SECRETS, step } from '../../support/board-tab.ts';
import { says } from '../../support/browser.ts';
import { optional } from '../../support/optional.ts';
import { runFirmware } from '../../support/rom/firmware.ts';

const { path, skip } = optional('chromium');

/** Notes in `window.progress` that a step has shown a bar, which is there only while something is written. */
const NOTE_PROGRESS = (step: string) => {
  new MutationObserver(() => {
    if (document.querySelector(`[data-step=${step}] progress`)) Object.assign(window, { progress: true });
  }).observe(document.body, { childList: true, subtree: true });
};

describe('a blank board on the page becomes a bell', { skip }, () => {
  let tab: BoardTab;
  before(async () => { tab = await BoardTab.open(path); });
  after(() => tab.close());

  test('that rings, is not written twice, and takes other settings over its console', async (context) => {
    tab.plugIn();
    const bell = runFirmware(tab.chip, d1Mini, { host: '127.0.0.1', port: tab.workshop.addresses.tcp });
    context.after(() => bell.stop());
    const page = await tab.page();

    await context.test('it is flashed, comes online and rings', async () => {
      await tab.askedForSettings(page);
      await step(page, 'images', 'done');
      await says(page, '[data-hashes]', /count from now on[^]*boot_v1\.6\.bin\s+[0-9a-f]{64}/);
      await page.evaluate(NOTE_PROGRESS, 'interpreter');
      const config = join(tab.folder, 'bell.json');
      writeFileSync(config, '{"id": "from-a-file", "ring": {"pattern": "150,50,150"}}');
      await page.setInputFiles('[data-config]', config);
      await page.waitForFunction(() => document.querySelector<HTMLInputElement>('[name=id]')?.value === 'from-a-file');
      await fill(page, tab.rightSettings());
      tab.sent = '';
      await answer(page);
      await step(page, 'online', 'done');
      assert.equal(await page.evaluate('window.progress'), true);
      await says(page, '[data-step=interpreter]', /\d+ KB written and compared/);
      await says(page, '[data-step=online]', /front-door is online at [\d.]+ with \d+\.\d+\.\d+/);
      await says(page, '[data-portal]', /access point of its own: front-door, password [a-z2-9]{12}\./);
      await page.click('[data-ring]');
      await says(page, '[data-rang=yes]', /front-door: rung, 300 ms/);
      assert.ok(tab.sent.includes(SECRETS.login), 'the workshop listens on the broker for the page');
      assert.ok(!tab.sent.includes(SECRETS.wifi), 'the password of the network leaves the page for the board alone');
    });

    await context.test('what is right already is skipped the second time', async () => {
      await page.click('[data-work=flash]');
      await page.click('[data-leave]');
      await step(page, 'interpreter', 'skipped');
      await step(page, 'firmware', 'skipped');
      await step(page, 'online', 'done');
    });

    await context.test('other settings go over its console', async () => {
      await page.click('[data-work=settings]');
      await page.waitForSelector('[data-question=settings]');
      assert.equal(await page.inputValue('[name=ssid0]'), 'school', 'the form begins with what the device has');
      await fill(page, { id: 'back-door' });
      await fitsOnPhone(page);
      await answer(page);
      await step(page, 'stored', 'done');
      await step(page, 'online', 'done');
      await says(page, '[data-step=online]', /back-door is online/);
    });

    await context.test('a look finds nothing wrong', async () => {
      await page.click('[data-work=look]');
      await page.waitForSelector('[data-findings] [data-code=wifi]');
      assert.equal(await page.locator('[data-findings] .wrong').count(), 0);
    });

    await context.test('no password is on the wire list', async () => {
      await page.click('[data-tab=devices]');
      await page.waitForSelector('.row[data-type=CONNECT]');
      const text = await page.content();
      for (const secret of Object.values(SECRETS)) assert.ok(!text.includes(secret));
    });
  });
});
