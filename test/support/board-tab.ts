import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import d1Mini from '../../boards/d1-mini.ts';
import { interpreterOf, type RomChip } from '../../boards/interpreters.ts';
import { makeFlasher } from '../../scripts/lib/workshop-storage.ts';
import type { UsbWorld } from '../../scripts/lib/workshop-usb.ts';
import { CAST } from '../../workshop/cast.ts';
import { startWorkshop, type Workshop } from '../../workshop/server.ts';
import { launchBrowser, PATIENCE } from './browser.ts';
import { serveSerial, type BrowserSerial } from './rom/browser-serial.ts';
import { FakeChip } from './rom/chip.ts';
import { MemoryPort } from './rom/memory-port.ts';
import { writeRelease } from './rom/release.ts';
import { builtFirmware, usbHelp } from './usb-help.ts';

export const SECRETS = { wifi: 'a secret word', login: 'another secret' };

/** The tab of the workshop's page that puts a bell on a board, in a browser, and a chip at its imitation of a port. */
export class BoardTab {
  /** What is plugged in. */
  port!: MemoryPort;
  chip!: FakeChip;
  /** What the pages have sent to the workshop, by HTTP and over their lines; not what went to the board. */
  sent = '';
  private readonly faults: string[] = [];
  private serial!: BrowserSerial;

  private constructor(
    /** Holds a release of the interpreter, and has room for more. */
    readonly folder: string, readonly workshop: Workshop, private readonly browser: Browser,
  ) {}

  /** `changed` is what this computer lacks or has besides; by default it has a release of the interpreter. */
  static async open(path: string | undefined, changed?: Partial<UsbWorld>): Promise<BoardTab> {
    const folder = mkdtempSync(join(tmpdir(), 'bell-tab-'));
    writeRelease(folder, interpreterOf(d1Mini)!);
    const storage = await makeFlasher(CAST, builtFirmware);
    const usb = usbHelp(changed ?? { directory: folder, waitS: 30 });
    const workshop = await startWorkshop({ port: 0, httpPort: 0, storage, usb });
    const tab = new BoardTab(folder, workshop, await launchBrowser(path));
    tab.serial = await serveSerial(() => tab.port);
    return tab;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.serial.close();
    await this.workshop.close();
    rmSync(this.folder, { recursive: true, force: true });
    assert.deepEqual(this.faults, [], 'nothing went wrong on any page');
  }

  plugIn(name: RomChip = 'ESP8266'): void {
    this.chip = new FakeChip(name, { fill: 0xa5 });
    this.port = new MemoryPort(this.chip);
  }

  /** Opens a page: by default the tab, in a browser that has Web Serial. */
  async page({ script = this.serial.script, hash = '#board' } = {}): Promise<Page> {
    const { url } = this.workshop;
    const page = await this.browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(PATIENCE);
    page.on('pageerror', (error) => this.faults.push(error.message));
    page.on('console', (message) => {
      // A refusal of the server is one of the answers that are tested here.
      if (message.type() === 'error' && !message.text().includes('409')) this.faults.push(message.text());
    });
    page.on('request', (request) => { this.sent += request.postData() ?? ''; });
    page.on('websocket', (socket) => {
      const isOurs = socket.url().includes(url.slice('http:'.length));
      if (isOurs) socket.on('framesent', ({ payload }) => { this.sent += payload; });
    });
    await page.addInitScript({ content: script });
    await page.goto(`${url}${hash}`);
    return page;
  }

  /** Settings with which a bell finds the workshop's broker. */
  rightSettings(): Record<string, string> {
    return {
      'id': 'front-door', 'ssid0': 'school', 'wifi-password0': SECRETS.wifi, 'host': '127.0.0.1',
      'port': String(this.workshop.addresses.tcp), 'username': 'ada', 'password': SECRETS.login,
    };
  }

  /** Begins to flash what is plugged in, up to the question for its settings. */
  async askedForSettings(page: Page): Promise<void> {
    await page.click('[data-work=flash]');
    await page.click('[data-question=board] [data-board=d1-mini]');
    await page.waitForSelector('[data-question=settings]');
  }
}

/** Waits until a step of the work is in this state. */
export async function step(page: Page, name: string, state: string): Promise<void> {
  await page.waitForSelector(`[data-step=${name}][data-state=${state}]`);
}

export async function fill(page: Page, values: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(values)) await page.fill(`[name=${name}]`, value);
}

export async function answer(page: Page): Promise<void> {
  await page.click('[data-question=settings] [type=submit]');
}

/** Fails when the page is wider than a phone. */
export async function fitsOnPhone(page: Page): Promise<void> {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.waitForFunction(() => innerWidth === 390);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'no wider than a phone');
}
