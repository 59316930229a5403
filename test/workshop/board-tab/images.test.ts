import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import d1Mini from '../../../boards/d1-mini.ts';
import { interpreterOf } from '../../../boards/interpreters.ts';
import { BoardTab, fitsOnPhone, step } from '../../support/board-tab.ts';
import { says } from '../../support/browser.ts';
import { optional } from '../../support/optional.ts';

const { path, skip } = optional('chromium');
const interpreter = interpreterOf(d1Mini)!;

describe('a workshop without files of the interpreter', { skip }, () => {
  let tab: BoardTab;
  /** What the workshop has asked the network for. */
  const fetched: string[] = [];
  /** The files of a release. */
  let files: string[];

  before(async () => {
    tab = await BoardTab.open(path, {
      fetch: (url) => {
        fetched.push(String(url));
        return Promise.reject(new Error('no network'));
      },
    });
    files = interpreter.parts.map(({ file }) => join(tab.folder, interpreter.folder, file));
  });
  after(() => tab.close());

  async function asked(): Promise<Page> {
    tab.plugIn();
    const page = await tab.page();
    await page.selectOption('#usb-board', 'd1-mini');
    await page.click('[data-work=flash]');
    await page.waitForSelector('[data-question=images]');
    return page;
  }

  test('fetches nothing before a yes, and takes files from the disk', async () => {
    const page = await asked();
    assert.deepEqual(fetched, []);
    await page.click('[data-download]');
    await says(page, '[data-question=images] [role=alert]', /cannot be downloaded \(no network\)/);
    assert.equal(fetched.length, 1);
    await fitsOnPhone(page);
    await page.setInputFiles('[data-files]', files.slice(1));
    await says(page, '[data-question=images]', /What you chose lacks boot_v1.6.bin/);
    await page.setInputFiles('[data-files]', files);
    await step(page, 'images', 'done');
    await says(page, '[data-step=images]', /from your files[^]*count from now on/);
    await page.click('[data-stop]');
    await page.waitForSelector('[data-failure]');
    await page.close();
  });

  test('refuses another file under a name that it knows', async () => {
    const other = join(tab.folder, interpreter.parts[0]!.file);
    writeFileSync(other, Buffer.from([0xe9, 1, 2, 3]));
    const page = await asked();
    await page.setInputFiles('[data-files]', [other, ...files.slice(1)]);
    await says(page, '[data-question=images]', /boot_v1.6.bin is not the file it should be/);
    await page.close();
  });
});
