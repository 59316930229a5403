import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { NO_NETWORK, WELL } from '../../firmware/core/led.ts';
import { makeFlasher } from '../../scripts/lib/workshop-storage.ts';
import type { Flasher } from '../../scripts/lib/workshop-storage.ts';
import { CAST } from '../../workshop/cast.ts';
import { startWorkshop } from '../../workshop/server.ts';
import type { Workshop } from '../../workshop/server.ts';
import { launchBrowser, openPage, says } from '../support/browser.ts';
import { connectClient, messageWhere } from '../support/mqtt-client.ts';
import { optional } from '../support/optional.ts';
import { hasShown, noteLed, noteTones } from '../support/page-spies.ts';
import type { Tone } from '../support/page-spies.ts';
import { usbHelp } from '../support/usb-help.ts';

const { path, skip } = optional('chromium');

/** So that the tests need not wait between rings. */
const NO_LOCKOUT = { guard: { lockoutMs: 0 } };

/** Notes every state that the relay of a device goes through on the page, in `window.seen`. */
const NOTE_RELAY = (device: string) => {
  const relay = document.querySelector(`[data-device=${device}] [data-relay]`)!;
  const seen: (string | undefined)[] = [];
  new MutationObserver(() => seen.push((relay as HTMLElement).dataset.relay))
    .observe(relay, { attributes: true, attributeFilter: ['data-relay'] });
  Object.assign(window, { seen });
};

describe('the page of the workshop', { skip }, () => {
  let storage: Flasher;
  let workshop: Workshop;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];

  before(async () => {
    const flash = await makeFlasher(CAST);
    storage = (role) => flash({ ...role, settings: { ...role.settings, ...NO_LOCKOUT } });
    workshop = await startWorkshop({ port: 0, httpPort: 0, storage, usb: usbHelp() });
    browser = await launchBrowser(path);
    page = await open({ width: 1280, height: 800 });
    for (const { id } of CAST) await page.waitForSelector(`[data-device=${id}] .status.online`);
  });

  after(async () => {
    await browser.close();
    await workshop.close();
  });

  const open = (viewport: { width: number; height: number }) => openPage(browser, workshop.url, viewport, faults);

  const strokes = async (device: string, on = page) =>
    Number(await on.getAttribute(`[data-device=${device}] [data-relay]`, 'data-strokes'));
  const waitForStrokes = (device: string, count: number) =>
    page.waitForSelector(`[data-device=${device}] [data-relay=off][data-strokes="${count}"]`);

  test('a click rings: the relay moves with every stroke, and the outcome is shown', async () => {
    await page.evaluate(NOTE_RELAY, 'front');
    await page.fill('#payload-front', '200,100,200');
    await page.click('[aria-label="Ring front"]');
    await says(page, '[data-device=front] [data-outcome=rung]', /^Rung, 400 ms/i);
    assert.deepEqual(await page.evaluate('seen'), ['on', 'off', 'on', 'off']);
  });

  test('the wire shows the ring on its way in and out, and the outcome on its way back', async () => {
    const rows = page.locator('.row[data-type=PUBLISH]');
    await rows.filter({ hasText: 'page' }).filter({ hasText: 'bell/front/ring' }).first().waitFor();
    await rows.filter({ hasText: '←' }).filter({ hasText: 'bell/front/ring' }).first().waitFor();
    await rows.filter({ hasText: 'bell/front/rang' }).filter({ hasText: '"outcome":"rung"' }).first().waitFor();
  });

  test('the limits in force are those that the device reports', async () => {
    await says(page, '[data-device=front] [data-limits]', /one stroke 1 s at most/);
  });

  test('a payload that is no ring is refused with the reason', async () => {
    await page.fill('#payload-back', '200,,200');
    await page.press('#payload-back', 'Enter');
    await says(page, '[data-device=back] [data-outcome=invalid]', /a pattern is whole numbers/);
  });

  test('a ring of another client, over TCP or WebSocket, moves the same relay', async () => {
    for (const url of [`mqtt://127.0.0.1:${workshop.addresses.tcp}`, `${workshop.url.replace('http', 'ws')}mqtt`]) {
      const before = await strokes('back');
      const client = await connectClient(url);
      await client.subscribeAsync('bell/back/rang', { qos: 1 });
      const rung = messageWhere(client, (payload) => payload.includes('"rung"'));
      await client.publishAsync('bell/back/ring', '50', { qos: 1 });
      await rung;
      await waitForStrokes('back', before + 1);
      client.end(true);
    }
  });

  test('the push button of one device rings the bell of another', async () => {
    const before = await strokes('front');
    const button = page.locator('[data-device=door] [data-push]');
    await button.focus();
    await page.keyboard.press('Enter', { delay: 300 });
    await waitForStrokes('front', before + 1);
    await page.waitForSelector('[data-device=door] [data-push]:not(.down)');
  });

  test('a paused list stands still, and a filter leaves only what matches', async () => {
    await page.click('.controls >> text=Pause');
    await page.waitForSelector('.controls >> text=/Go on/');
    const rows = await page.locator('.row').count();
    await page.click('[aria-label="Stop front"]');
    await page.waitForSelector('.controls >> text=/Go on \\([1-9]/');
    assert.equal(await page.locator('.row').count(), rows);
    await page.click('.controls >> text=/Go on/');
    await page.fill('[aria-label="Filter the packets"]', 'subscribe bell/door/ring');
    await page.waitForFunction(() => {
      const types = [...document.querySelectorAll<HTMLElement>('.row')].map(({ dataset }) => dataset.type);
      return types.length > 0 && types.every((type) => type === 'SUBSCRIBE');
    });
  });

  test('on a phone nothing is wider than the screen, and a tap rings', async () => {
    const phone = await open({ width: 390, height: 844 });
    await phone.waitForSelector('[data-device=front] .status.online');
    await phone.waitForSelector('.row');
    assert.ok(await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    const before = await strokes('back', phone);
    await phone.click('[aria-label="Ring house"]');
    await phone.waitForSelector(`[data-device=back] [data-relay=off][data-strokes="${before + 2}"]`);
    await phone.close();
  });

  test('without power or Wi-Fi a device is offline as soon as the broker notices, and comes back', async () => {
    await page.click('[aria-label="Pull the plug: back"]');
    await page.click('[aria-label="Cut the Wi-Fi: front"]');
    await page.waitForSelector('[data-device=back][data-power=off]');
    for (const id of ['back', 'front']) await page.waitForSelector(`[data-device=${id}] .status.offline`);
    await page.click('[aria-label="Plug in: back"]');
    await page.click('[aria-label="Restore the Wi-Fi: front"]');
    for (const id of ['back', 'front']) await page.waitForSelector(`[data-device=${id}] .status.online`);
  });

  test('every control has a name, and nothing was loaded from elsewhere or went wrong', async () => {
    const nameless = await page.$$eval('button, input, select', (controls) => controls.filter((control) => {
      const labels = (control as HTMLInputElement).labels?.length;
      return !labels && !control.getAttribute('aria-label') && !control.textContent?.trim();
    }).length);
    assert.equal(nameless, 0);
    assert.deepEqual(faults, []);
  });

  test('the LED on the page blinks as the LED of the board does', async () => {
    const shows = async (code: number) => {
      await page.evaluate(noteLed, 'front');
      await page.waitForFunction(hasShown, code);
    };
    await shows(WELL);
    await page.click('[aria-label="Cut the Wi-Fi: front"]');
    await shows(NO_NETWORK);
    await page.click('[aria-label="Restore the Wi-Fi: front"]');
    await page.waitForSelector('[data-device=front] .status.online');
  });

  test('a page that was tapped strikes a gong with each stroke, until it is told to be still', async () => {
    const client = await connectClient(`mqtt://127.0.0.1:${workshop.addresses.tcp}`);
    const tones = () => page.evaluate('tones') as Promise<Tone[]>;
    await page.reload();
    await page.waitForSelector('[data-device=front] .status.online');
    await page.evaluate(noteTones);
    const ring = async () => {
      const before = await strokes('front');
      await client.publishAsync('bell/front/ring', '100,100,100', { qos: 1 });
      await waitForStrokes('front', before + 2);
    };
    await ring();
    assert.deepEqual(await tones(), []);
    await page.click('[data-sound]');
    await page.waitForFunction('window.sound?.state === "running"');
    await ring();
    const gong = [880, 1760, 2429, 3608, 4752].map((hertz) => ({ kind: 'sine', hertz }));
    const stroke = [...gong, { kind: 'triangle', hertz: 150 }];
    assert.deepEqual(await tones(), [...stroke, ...stroke]);
    assert.equal(await page.evaluate('heard'), 2 * stroke.length);
    await says(page, '[data-sound]', /Sound on/);
    await page.click('[data-sound]');
    await says(page, '[data-sound]', /Sound off/);
    await ring();
    assert.equal((await tones()).length, 2 * stroke.length);
    client.end(true);
  });

  test('the page finds the workshop again when it was closed and opened', async () => {
    const { tcp, http } = workshop.addresses;
    await workshop.close();
    await page.waitForSelector('[data-link].down');
    workshop = await startWorkshop({ port: tcp, httpPort: http, storage, usb: usbHelp() });
    await page.waitForSelector('[data-link].up');
    await page.waitForSelector('[data-device=front] [data-strokes="0"]');
  });
});
