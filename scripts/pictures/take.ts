/**
 * npm run pictures: takes the pictures of docs/pictures from the running page, with a board that is imitated. Needs
 * Chromium (CHROMIUM_BIN).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import d1Mini from '../../boards/d1-mini.ts';
import { interpreterOf } from '../../boards/interpreters.ts';
import { optional } from '../../test/support/optional.ts';
import { serveSerial } from '../../test/support/rom/browser-serial.ts';
import { FakeChip } from '../../test/support/rom/chip.ts';
import { runFirmware } from '../../test/support/rom/firmware.ts';
import { writeRelease } from '../../test/support/rom/release.ts';
import { CAST } from '../../workshop/cast.ts';
import { startWorkshop } from '../../workshop/server.ts';
import type { UsbHelp } from '../../workshop/usb.ts';
import { root } from '../lib/paths.ts';
import { makeFirmware, makeFlasher } from '../lib/workshop-storage.ts';
import { makeUsbHelp } from '../lib/workshop-usb.ts';
import type { Picture } from './names.ts';
import { SlowPort } from './slow-port.ts';

/** What the pictures show in place of this machine's own address and ports. */
const SHOWN = { host: '192.168.1.2', tcp: 1883, http: 8080 };
const PATIENCE = 60_000;

const { path, skip } = optional('chromium');
if (skip) throw new Error(`${skip}: set CHROMIUM_BIN`);
const folder = mkdtempSync(join(tmpdir(), 'bell-pictures-'));
const firmware = makeFirmware();
writeRelease(folder, interpreterOf(d1Mini)!);
const help = makeUsbHelp({ firmware, cache: folder, directory: folder, fetch });
const usb: UsbHelp = {
  ...help,
  // The address that is shown leads here.
  async images(interpreter, download) {
    const answer = await help.images(interpreter, download);
    return answer.state === 'here' ? { ...answer, pins: '~/.cache/mqtt-bell/pins.json' } : answer;
  },
  listen: (login, tell) => help.listen({ ...login, mqtt: { ...login.mqtt, ...here() } }, tell),
};
// As on a computer that has flashed a board before.
await help.images(interpreterOf(d1Mini)!, false);
const workshop = await startWorkshop({ port: 0, httpPort: 0, storage: await makeFlasher(CAST, firmware), usb });
const chip = new FakeChip('ESP8266', { fill: 0xa5 });
const port = new SlowPort(chip);
const bell = runFirmware(chip, d1Mini, here());
const serial = await serveSerial(() => port);
const browser = await chromium.launch({ ...(path ? { executablePath: path } : {}), args: ['--no-sandbox'] });
try {
  await takeDevices(browser);
  await takeBoard(browser);
} finally {
  await browser.close();
  await serial.close();
  bell.stop();
  await workshop.close();
  rmSync(folder, { recursive: true, force: true });
}

function here(): { host: string; port: number } {
  return { host: '127.0.0.1', port: workshop.addresses.tcp };
}

async function open(from: Browser, width: number, height: number, hash = ''): Promise<Page> {
  const page = await from.newPage({ viewport: { width, height }, colorScheme: 'light', reducedMotion: 'reduce' });
  page.setDefaultTimeout(PATIENCE);
  await page.addInitScript({ content: serial.script });
  await page.routeWebSocket(/\/events$/, (line) => {
    const server = line.connectToServer();
    server.onMessage((text) => line.send(withShownAddress(String(text))));
  });
  await page.goto(workshop.url + hash);
  return page;
}

function withShownAddress(text: string): string {
  const message = JSON.parse(text) as { type: string };
  return JSON.stringify(message.type === 'hello' ? { ...message, addresses: SHOWN } : message);
}

async function shoot(page: Page, name: Picture, part?: string): Promise<void> {
  const path = join(root, 'docs', 'pictures', name);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const { width, height } = page.viewportSize()!;
  if (part) {
    // So high that nothing of it is behind the head of the page.
    await page.setViewportSize({ width, height: 1600 });
    await page.locator(part).screenshot({ path });
    await page.setViewportSize({ width, height });
  } else {
    await page.screenshot({ path });
  }
  process.stdout.write(`${name}\n`);
}

async function takeDevices(from: Browser): Promise<void> {
  const page = await open(from, 1240, 620);
  for (const { id } of CAST) {
    await page.waitForSelector(`[data-device=${id}] .status.online`);
    await page.waitForSelector(`[data-device=${id}] [data-blinks="1"]`);
  }
  await page.fill('#payload-front', '1000');
  await page.click('[aria-label="Ring front"]');
  await page.waitForSelector('[data-device=front] [data-relay=on]');
  await shoot(page, 'workshop.png');
  await page.waitForSelector('[data-device=front] [data-outcome=rung]');
  await page.fill('[aria-label="Filter the packets"]', 'bell/front/r');
  await page.setViewportSize({ width: 1000, height: 900 });
  await page.locator('.scroll').evaluate((list) => { list.style.maxHeight = '300px'; });
  await shoot(page, 'wire.png', '.wire');
  await page.close();
  const phone = await open(from, 390, 760);
  await phone.waitForSelector('[data-device=front] .status.online');
  await shoot(phone, 'phone.png');
  await phone.close();
}

async function takeBoard(from: Browser): Promise<void> {
  const page = await open(from, 860, 1040, '#board');
  await page.click('[data-work=flash]');
  await page.waitForSelector('[data-question=board]');
  await shoot(page, 'board.png');
  await page.click('[data-board=d1-mini]');
  await page.waitForSelector('[data-question=settings]');
  await page.click('[data-own-broker]');
  await page.fill('[name=id]', 'entrance');
  await page.fill('[name=ssid0]', 'school');
  await page.fill('[name=wifi-password0]', 'correct horse');
  await shoot(page, 'settings.png', '[data-question=settings]');
  port.msPerWrite = 250;
  await page.click('[data-question=settings] [type=submit]');
  await page.waitForFunction(() => (document.querySelector('progress')?.value ?? 0) >= 40);
  await shoot(page, 'flashing.png', '.steps');
  port.msPerWrite = 0;
  await page.waitForSelector('[data-bell]');
  await page.click('[data-ring]');
  await page.waitForSelector('[data-rang=yes]');
  await shoot(page, 'online.png', '.usb');
}
