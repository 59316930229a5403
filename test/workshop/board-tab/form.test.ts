import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { answer, BoardTab, fill, step } from '../../support/board-tab.ts';
import { says } from '../../support/browser.ts';
import { optional } from '../../support/optional.ts';

const { path, skip } = optional('chromium');

describe('the form of settings for a blank board', { skip }, () => {
  let tab: BoardTab;
  before(async () => { tab = await BoardTab.open(path); });
  after(() => tab.close());

  test('says what is wrong before anything is written, and takes what a bell.json holds', async () => {
    tab.plugIn();
    const page = await tab.page();
    await tab.askedForSettings(page);
    assert.equal(await page.getAttribute('[name=wifi-password0]', 'type'), 'password');
    const wrong = { 'id': 'Front Door', 'port': '70000', 'wifi-password0': 'short', 'host': '' };
    await fill(page, { ...tab.rightSettings(), ...wrong });
    await answer(page);
    await page.waitForSelector('[data-error]');
    const errors = (await page.locator('[data-error]').allInnerTexts()).join('\n');
    assert.match(errors, /id is "Front Door": must be .*a-z/);
    assert.match(errors, /mqtt\.port is 70000: must be a whole number from 1 to 65535/);
    assert.match(errors, /wifi\[0\]: must be .*8 to 63/);
    assert.doesNotMatch(errors, /short/);
    assert.ok(!tab.chip.requests.includes('defl begin'));

    const config = join(tab.folder, 'bell.json');
    writeFileSync(config, '{"ring": {"pattern": "150,50,150"}\n "id": 1}');
    await page.setInputFiles('[data-config]', config);
    await says(page, '[data-error]', /bell\.json:2 .*comma/);
    writeFileSync(config, '{"id": "from-a-file"}');
    await page.setInputFiles('[data-config]', config);
    await page.waitForFunction(() => {
      const id = document.querySelector<HTMLInputElement>('[name=id]');
      return id?.value === 'from-a-file' && !document.querySelector('[data-error]');
    });
    await page.close();
  });

  test('offers the broker of the workshop, and may be left for later', async () => {
    tab.plugIn();
    const page = await tab.page({ hash: '' });
    await page.routeWebSocket(/\/events$/, (line) => {
      line.connectToServer().onMessage((text) => line.send(String(text).replaceAll('"127.0.0.1"', '"192.168.1.2"')));
    });
    await page.goto(`${tab.workshop.url}#board`);
    await page.reload();
    await page.selectOption('#usb-board', 'd1-mini');
    await page.click('[data-work=flash]');
    await page.click('[data-own-broker]');
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('[name=host]')?.value === '192.168.1.2');
    assert.equal(await page.inputValue('[name=port]'), String(tab.workshop.addresses.tcp));
    const nameless = await page.$$eval('button, input, select', (controls) => controls.filter((control) => {
      const { labels } = control as HTMLInputElement;
      return !labels?.length && !control.getAttribute('aria-label') && !control.textContent?.trim();
    }).length);
    assert.equal(nameless, 0, 'every control has a name');
    await page.click('[data-leave]');
    await step(page, 'online', 'skipped');
    await says(page, '[data-step=online]', /flashed and has no settings yet/);
    await says(page, '[data-portal]', /bell-123456, password [a-z2-9]{12}\./);
    assert.equal(tab.chip.mode, 'app');
    await page.close();
  });
});
