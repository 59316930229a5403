import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import d1Mini from '../../boards/d1-mini.ts';
import { interpreterOf, type RomChip } from '../../boards/interpreters.ts';
import { makeFlasher } from '../../scripts/lib/workshop-storage.ts';
import { CAST } from '../../workshop/cast.ts';
import { startWorkshop } from '../../workshop/server.ts';
import type { Workshop } from '../../workshop/server.ts';
import { optional } from '../support/optional.ts';
import { serveSerial, type BrowserSerial } from '../support/rom/browser-serial.ts';
import { FakeChip } from '../support/rom/chip.ts';
import { runFirmware } from '../support/rom/firmware.ts';
import { MemoryPort } from '../support/rom/memory-port.ts';
import { writeRelease } from '../support/rom/release.ts';
import { builtFirmware, usbHelp } from '../support/usb-help.ts';

const { path, skip } = optional('chromium');
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];
const PATIENCE = 60_000;
/** The flashing library alone is larger than this; the page without it is smaller. */
const LARGE = 100_000;

const interpreter = interpreterOf(d1Mini)!;
const SECRETS = { wifi: 'a secret word', login: 'another secret' };

describe('the tab of the page that puts a bell on a board', { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'bell-tab-'));
  let workshop: Workshop;
  let browser: Browser;
  let serial: BrowserSerial;
  /** What is plugged in. */
  let port: MemoryPort;
  let chip: FakeChip;
  const faults: string[] = [];
  /** What the page has sent to the server, by HTTP and over its lines; not what went to the board. */
  let sent = '';

  before(async () => {
    writeRelease(folder, interpreter);
    const storage = await makeFlasher(CAST, builtFirmware);
    const usb = usbHelp({ directory: folder, waitS: 30 });
    workshop = await startWorkshop({ port: 0, httpPort: 0, storage, usb });
    serial = await serveSerial(() => port);
    browser = await chromium.launch({ ...(path ? { executablePath: path } : {}), args: ARGS });
  });

  after(async () => {
    await browser.close();
    await serial.close();
    await workshop.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function plugIn(name: RomChip = 'ESP8266'): void {
    chip = new FakeChip(name, { fill: 0xa5 });
    port = new MemoryPort(chip);
  }

  async function open(script = serial.script, url = `${workshop.url}#board`): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(PATIENCE);
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      // A refusal of the server is one of the answers that are tested here.
      if (message.type() === 'error' && !message.text().includes('409')) faults.push(message.text());
    });
    page.on('request', (request) => { sent += request.postData() ?? ''; });
    page.on('websocket', (socket) => {
      if (socket.url().includes(workshop.url.slice(7))) socket.on('framesent', ({ payload }) => { sent += payload; });
    });
    await page.addInitScript({ content: script });
    await page.goto(url);
    return page;
  }

  const step = (page: Page, name: string, state: string) =>
    page.waitForSelector(`[data-step=${name}][data-state=${state}]`);

  async function fill(page: Page, values: Record<string, string>): Promise<void> {
    for (const [name, value] of Object.entries(values)) await page.fill(`[name=${name}]`, value);
  }

  const right = () => ({
    'id': 'front-door', 'ssid0': 'school', 'wifi-password0': SECRETS.wifi, 'host': '127.0.0.1',
    'port': String(workshop.addresses.tcp), 'username': 'ada', 'password': SECRETS.login,
  });

  test('the flashing library is loaded when the tab is opened, and not before', async () => {
    plugIn();
    const page = await open(serial.script, workshop.url);
    const sizes = () => page.evaluate(() => performance.getEntriesByType('resource')
      .filter(({ name }) => name.endsWith('.js'))
      .map((entry) => (entry as PerformanceResourceTiming).decodedBodySize));
    await page.waitForSelector('[data-device=front]');
    assert.ok((await sizes()).every((size) => size < LARGE), String(await sizes()));
    await page.click('[data-tab=board]');
    await page.waitForSelector('[data-work=flash]');
    assert.ok((await sizes()).some((size) => size > LARGE), String(await sizes()));
    await page.close();
  });

  test('from a blank board to the first ring, and what is right already is skipped the second time', async (t) => {
    plugIn();
    const bell = runFirmware(chip, d1Mini, { host: '127.0.0.1', port: workshop.addresses.tcp });
    t.after(() => bell.stop());
    const page = await open();
    await page.click('[data-work=flash]');
    await page.click('[data-question=board] [data-board=d1-mini]');
    await step(page, 'images', 'done');
    assert.match(await page.innerText('[data-hashes]'), /count from now on[^]*boot_v1\.6\.bin\s+[0-9a-f]{64}/);

    await fill(page, { ...right(), 'id': 'Front Door', 'port': '70000', 'wifi-password0': 'short', 'host': '' });
    await page.click('[data-question=settings] [type=submit]');
    await page.waitForSelector('[data-error]');
    const errors = await page.locator('[data-error]').allInnerTexts();
    assert.match(errors.join('\n'), /id is "Front Door": must be .*a-z/);
    assert.match(errors.join('\n'), /mqtt\.port is 70000: must be a whole number from 1 to 65535/);
    assert.match(errors.join('\n'), /wifi\[0\]: must be .*8 to 63/);
    assert.doesNotMatch(errors.join('\n'), /short/);
    assert.ok(!chip.requests.includes('defl begin'), 'nothing is written before the settings are right');
    assert.equal(await page.getAttribute('[name=wifi-password0]', 'type'), 'password');

    const config = join(folder, 'bell.json');
    writeFileSync(config, '{"ring": {"pattern": "150,50,150"}\n "id": 1}');
    await page.setInputFiles('[data-config]', config);
    await page.waitForSelector('text=/bell.json:2 .*comma/');
    writeFileSync(config, '{"ring": {"pattern": "150,50,150"}}');
    await page.setInputFiles('[data-config]', config);
    await page.waitForFunction(() => !document.querySelector('[data-error]'));

    sent = '';
    await fill(page, right());
    await page.click('[data-question=settings] [type=submit]');
    await page.waitForSelector('[data-step=interpreter] progress');
    await step(page, 'online', 'done');
    assert.match(await page.innerText('[data-step=interpreter]'), /\d+ KB written and compared/);
    assert.match(await page.innerText('[data-step=online]'), /front-door is online at [\d.]+ with \d+\.\d+\.\d+/);
    assert.match(await page.innerText('[data-portal]'), /access point of its own: front-door, password [a-z2-9]{12}\./);
    await page.click('[data-ring]');
    await page.waitForSelector('[data-rang=yes]');
    assert.match(await page.innerText('[data-rang]'), /front-door: rung, 300 ms/);
    assert.ok(sent.includes(SECRETS.login), 'the workshop listens on the broker for the page');
    assert.ok(!sent.includes(SECRETS.wifi), 'the password of the network leaves the page for the board alone');

    await page.click('[data-work=flash]');
    await page.click('[data-leave]');
    await step(page, 'interpreter', 'skipped');
    await step(page, 'firmware', 'skipped');
    await step(page, 'online', 'done');
    await t.test('other settings go over its console, and a look finds nothing wrong', () => rename(page));
    await t.test('no password is on the wire list', async () => {
      await page.click('[data-tab=devices]');
      await page.waitForSelector('.row[data-type=CONNECT]');
      const text = await page.content();
      for (const secret of Object.values(SECRETS)) assert.ok(!text.includes(secret));
    });
    await page.close();
  });

  async function rename(page: Page): Promise<void> {
    await page.click('[data-work=settings]');
    await page.waitForSelector('[data-question=settings]');
    assert.equal(await page.inputValue('[name=ssid0]'), 'school', 'the form begins with what the device has');
    await fill(page, { id: 'back-door' });
    await page.setViewportSize({ width: 390, height: 844 });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'no wider than a phone');
    await page.click('[data-question=settings] [type=submit]');
    await step(page, 'stored', 'done');
    await step(page, 'online', 'done');
    assert.match(await page.innerText('[data-step=online]'), /back-door is online/);
    await page.click('[data-work=look]');
    await page.waitForSelector('[data-findings] [data-code=wifi]');
    assert.equal(await page.locator('[data-findings] .wrong').count(), 0);
  }

  test('unplugged in the middle, it says so, and goes on without asking again', async () => {
    plugIn();
    const page = await open();
    await page.click('[data-work=flash]');
    await page.click('[data-board=d1-mini]');
    await page.waitForSelector('[data-question=settings]');
    await fill(page, right());
    chip.faults = { unpluggedAt: chip.requests.length + 20 };
    await page.click('[data-question=settings] [type=submit]');
    await page.waitForSelector('[data-failure]');
    assert.match(await page.innerText('[data-failure]'), /The device was unplugged\. Plug it in again and begin again/);
    const written = chip.requests.filter((name) => name === 'defl begin').length;
    assert.ok(written > 0);
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

  test('a board may be flashed without settings, and the broker of the workshop is offered for later', async () => {
    plugIn();
    const page = await open(serial.script, workshop.url);
    await page.routeWebSocket(/\/events$/, (line) => {
      line.connectToServer().onMessage((text) => line.send(String(text).replaceAll('"127.0.0.1"', '"192.168.1.2"')));
    });
    await page.goto(`${workshop.url}#board`);
    await page.reload();
    await page.selectOption('#usb-board', 'd1-mini');
    await page.click('[data-work=flash]');
    await page.click('[data-own-broker]');
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('[name=host]')?.value === '192.168.1.2');
    assert.equal(await page.inputValue('[name=port]'), String(workshop.addresses.tcp));
    const nameless = await page.$$eval('button, input, select', (controls) => controls.filter((control) => {
      const { labels } = control as HTMLInputElement;
      return !labels?.length && !control.getAttribute('aria-label') && !control.textContent?.trim();
    }).length);
    assert.equal(nameless, 0, 'every control has a name');
    await page.click('[data-leave]');
    await step(page, 'online', 'skipped');
    assert.match(await page.innerText('[data-step=online]'), /flashed and has no settings yet/);
    assert.match(await page.innerText('[data-portal]'), /bell-123456, password [a-z2-9]{12}\./);
    assert.equal(chip.mode, 'app');
    await page.close();
  });

  test('a chip that is not the one of the chosen board is refused in the words of the page', async () => {
    plugIn('ESP32');
    const page = await open();
    await page.selectOption('#usb-board', 'd1-mini');
    await page.waitForSelector('[data-wiring]');
    await page.click('[data-work=flash]');
    await page.waitForSelector('[data-failure]');
    const text = await page.innerText('[data-failure]');
    assert.match(text, /The chip at this port is an ESP32; LOLIN D1 mini with relay shield has ESP8266/);
    assert.match(text, /Take “find it out” as the board/);
    assert.ok(!chip.requests.includes('defl begin'));
    await page.close();
  });

  test('a list of ports that is closed leaves everything as it was', async () => {
    plugIn();
    const page = await open();
    await page.evaluate('window.portChoice = "none"');
    await page.click('[data-work=flash]');
    await page.waitForSelector('[data-failure]');
    assert.match(await page.innerText('[data-failure]'), /No port was chosen\. If the list was empty: another cable/);
    assert.equal(await page.isEnabled('[data-work=flash]'), true);
    assert.deepEqual(chip.requests, []);
    await page.close();
  });

  test('a browser without Web Serial is told which ones have it', async () => {
    const page = await open('delete Navigator.prototype.serial;');
    await page.waitForSelector('[data-no-serial]');
    assert.match(await page.innerText('[data-no-serial]'), /Chrome and Edge on a computer have it/);
    assert.equal(await page.locator('[data-work]').count(), 0);
    await page.close();
  });

  test('without an interpreter nothing is fetched before a yes, and files from the disk will do', async () => {
    const fetched: string[] = [];
    const usb = usbHelp({
      fetch: (url) => {
        fetched.push(String(url));
        return Promise.reject(new Error('no network'));
      },
    });
    const bare = await startWorkshop({ port: 0, httpPort: 0, storage: await makeFlasher(CAST, builtFirmware), usb });
    plugIn();
    const page = await open(serial.script, `${bare.url}#board`);
    await page.selectOption('#usb-board', 'd1-mini');
    await page.click('[data-work=flash]');
    await page.waitForSelector('[data-question=images]');
    assert.deepEqual(fetched, []);
    await page.click('[data-download]');
    await page.waitForSelector('[data-question=images] [role=alert]');
    assert.match(await page.innerText('[data-question=images] [role=alert]'), /cannot be downloaded \(no network\)/);
    assert.equal(fetched.length, 1);
    await page.setViewportSize({ width: 390, height: 844 });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'no wider than a phone');

    const files = interpreter.parts.map(({ file }) => join(folder, interpreter.folder, file));
    await page.setInputFiles('[data-files]', files.slice(1));
    await page.waitForSelector('text=/What you chose lacks boot_v1.6.bin/');
    await page.setInputFiles('[data-files]', files);
    await step(page, 'images', 'done');
    assert.match(await page.innerText('[data-step=images]'), /from your files[^]*count from now on/);
    await page.click('[data-stop]');
    await page.waitForSelector('[data-failure]');
    await page.close();

    const other = join(folder, interpreter.parts[0]!.file);
    writeFileSync(other, Buffer.from([0xe9, 1, 2, 3]));
    const again = await open(serial.script, `${bare.url}#board`);
    await again.selectOption('#usb-board', 'd1-mini');
    await again.click('[data-work=flash]');
    await again.setInputFiles('[data-files]', [other, ...files.slice(1)]);
    await again.waitForSelector('text=/boot_v1.6.bin is not the file it should be/');
    await again.close();
    await bare.close();
  });

  test('nothing went wrong on any of these pages', () => assert.deepEqual(faults, []));
});
