import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { BoardTab } from '../../support/board-tab.ts';
import { says } from '../../support/browser.ts';
import { optional } from '../../support/optional.ts';

const { path, skip } = optional('chromium');

/** The flashing library alone is larger than this; the page without it is smaller. */
const LARGE = 100_000;

function sizesOfScripts(page: Page): Promise<number[]> {
  return page.evaluate(() => performance.getEntriesByType('resource')
    .filter(({ name }) => name.endsWith('.js'))
    .map((entry) => (entry as PerformanceResourceTiming).decodedBodySize));
}

describe('the tab of a real board, when it is opened', { skip }, () => {
  let tab: BoardTab;
  before(async () => { tab = await BoardTab.open(path); });
  after(() => tab.close());

  test('loads the flashing library, and the page does not before', async () => {
    const page = await tab.page({ hash: '' });
    await page.waitForSelector('[data-device=front]');
    const before = await sizesOfScripts(page);
    assert.ok(before.every((size) => size < LARGE), String(before));
    await page.click('[data-tab=board]');
    await page.waitForSelector('[data-work=flash]');
    const sizes = await sizesOfScripts(page);
    assert.ok(sizes.some((size) => size > LARGE), String(sizes));
    await page.close();
  });

  test('tells a browser without Web Serial which ones have it', async () => {
    const page = await tab.page({ script: 'delete Navigator.prototype.serial;' });
    await says(page, '[data-no-serial]', /Chrome and Edge on a computer have it/);
    assert.equal(await page.locator('[data-work]').count(), 0);
    await page.close();
  });
});
