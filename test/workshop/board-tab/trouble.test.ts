import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { answer, BoardTab, fill, step } from '../../support/board-tab.ts';
import { says } from '../../support/browser.ts';
import { optional } from '../../support/optional.ts';

const { path, skip } = optional('chromium');

describe('trouble at the port, as the page tells it', { skip }, () => {
  let tab: BoardTab;
  before(async () => { tab = await BoardTab.open(path); });
  after(() => tab.close());

  test('unplugged in the middle, it says so, and goes on without asking again', async () => {
    tab.plugIn();
    const { chip, port } = tab;
    const page = await tab.page();
    await tab.askedForSettings(page);
    await fill(page, tab.rightSettings());
    chip.faults = { unpluggedAt: chip.requests.length + 20 };
    await answer(page);
    await says(page, '[data-failure]', /The device was unplugged\. Plug it in again and begin again/);
    assert.ok(chip.requests.includes('defl begin'));
    port.plugIn();
    await page.click('.troubles summary');
    await page.uncheck('.troubles [type=checkbox]');
    await page.click('[data-work=flash]');
    await step(page, 'firmware', 'done');
    await page.waitForSelector('[data-stop]', { state: 'detached' });
    assert.equal(await page.locator('[data-failure]').count(), 0);
    assert.equal(chip.mode, 'app');
    await page.close();
  });

  test('a chip that is not the one of the chosen board is refused in the words of the page', async () => {
    tab.plugIn('ESP32');
    const page = await tab.page();
    await page.selectOption('#usb-board', 'd1-mini');
    await page.waitForSelector('[data-wiring]');
    await page.click('[data-work=flash]');
    await says(page, '[data-failure]', /The chip at this port is an ESP32; LOLIN D1 mini .* has ESP8266/);
    await says(page, '[data-failure]', /Take “find it out” as the board/);
    assert.ok(!tab.chip.requests.includes('defl begin'));
    await page.close();
  });

  test('a list of ports that is closed leaves everything as it was', async () => {
    tab.plugIn();
    const page = await tab.page();
    await page.evaluate('window.portChoice = "none"');
    await page.click('[data-work=flash]');
    await says(page, '[data-failure]', /No port was chosen\. If the list was empty: another cable/);
    await page.waitForSelector('[data-work=flash]:enabled');
    assert.deepEqual(tab.chip.requests, []);
    await page.close();
  });
});
