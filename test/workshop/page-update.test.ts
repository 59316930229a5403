import assert from 'node:assert/strict';
import { on } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { WebSocket } from 'ws';
import type { Board } from '../../boards/board.ts';
import nodemcu from '../../boards/nodemcu.ts';
import { command } from '../../scripts/commands/update.ts';
import { makeImage } from '../../scripts/lib/image.ts';
import { dist, version } from '../../scripts/lib/paths.ts';
import { pretokenise } from '../../scripts/lib/pretokenise.ts';
import { withKeys } from '../../scripts/lib/workshop-keys.ts';
import { createPusher } from '../../scripts/lib/workshop-pusher.ts';
import { makeFlasher } from '../../scripts/lib/workshop-storage.ts';
import { CAST } from '../../workshop/cast.ts';
import type { PageMessage, ServerMessage } from '../../workshop/messages.ts';
import { startWorkshop } from '../../workshop/server.ts';
import type { Workshop } from '../../workshop/server.ts';
import { FakeIo } from '../scripts/host.ts';
import { launchBrowser, openPage, says } from '../support/browser.ts';
import { optional } from '../support/optional.ts';
import { usbHelp } from '../support/usb-help.ts';

const { path, skip } = optional('chromium');

/** The bundle that was built, under another version: what a build gives when nothing has changed. */
async function bundle({ id }: Board, its: string): Promise<string> {
  return readFileSync(join(dist, `${id}.js`), 'latin1').replaceAll(`"${version()}"`, `"${its}"`);
}

interface Seen {
  readonly phase: string;
  readonly have: number;
}

/** Notes each phase of the update of a device, and how full its bar was, in `window.seen`. */
const NOTE_UPDATE = (device: string) => {
  const seen: Seen[] = [];
  const card = document.querySelector(`[data-device=${device}]`)!;
  new MutationObserver(() => {
    const place = document.querySelector<HTMLElement>(`[data-device=${device}] [data-update]`);
    const have = Number(place?.querySelector('progress')?.getAttribute('value') ?? 0);
    const phase = place?.dataset.update ?? '';
    const last = seen.at(-1);
    if (phase && (last?.phase !== phase || last.have !== have)) seen.push({ phase, have });
  }).observe(card, { attributes: true, subtree: true, childList: true });
  Object.assign(window, { seen });
};

describe('updates on the page of the workshop', { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'bell-page-'));
  const keys = { name: 'bell.keys.json', path: join(folder, 'bell.keys.json') };
  const faults: string[] = [];
  const frames: string[] = [];
  let workshop: Workshop;
  let browser: Browser;
  let page: Page;
  /** The version that was pushed last. */
  let next: string;

  before(async () => {
    const roles = withKeys(CAST, keys);
    const flash = await makeFlasher(roles);
    const storage = ({ id }: { id: string }) => flash(roles.find((role) => role.id === id)!);
    const pusher = createPusher(keys, bundle);
    workshop = await startWorkshop({ port: 0, httpPort: 0, storage, usb: usbHelp(), pusher });
    browser = await launchBrowser(path);
    page = await openPage(browser, workshop.url, { width: 1280, height: 800 }, faults);
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => frames.push(String(payload))));
    await page.reload();
    for (const { id } of CAST) {
      await page.waitForSelector(`[data-device=${id}] .status.online`);
      await fast(id, true);
    }
  });

  after(async () => {
    await browser.close();
    await workshop.close();
    rmSync(folder, { recursive: true });
  });

  /** Makes the time of a device run ten times faster, or as ours. */
  async function fast(id: string, on: boolean): Promise<void> {
    const place = `[aria-label="10 times faster: ${id}"]`;
    if ((await page.getAttribute(place, 'aria-pressed')) !== String(on)) await page.click(place);
    await page.waitForSelector(`${place}[aria-pressed=${on}]`);
  }

  /** Does something once a device has so many chunks. Not on the page, which may be held up and come too late. */
  async function atChunk(chunks: number, id: string, deed: PageMessage): Promise<void> {
    const line = new WebSocket(`${workshop.url.replace('http', 'ws')}events`);
    const has = (message: ServerMessage) => {
      if (message.type !== 'device' || message.device.id !== id) return false;
      const { update } = message.device;
      return update?.phase === 'receiving' && update.version === next && update.have >= chunks;
    };
    for await (const [data] of on(line, 'message')) if (has(JSON.parse(String(data)) as ServerMessage)) break;
    line.send(JSON.stringify(deed));
    line.close();
  }

  const push = async (name: string) => {
    next = await page.innerText('[data-next]');
    await page.click(`[aria-label="Push to ${name}"]`);
    // Until then, the page shows what came of the one before.
    await page.waitForSelector('[data-pushing=yes]');
  };
  const phase = async (id: string, ...what: string[]) => {
    const places = what.map((one) => `[data-device=${id}] [data-update="${one}"][data-version="${next}"]`);
    try {
      await page.waitForSelector(places.join());
    } catch (error) {
      const cards = await page.innerText('.devices');
      throw new Error(`${id} is not ${what.join(' or ')} with ${next}:\n${cards}`, { cause: error });
    }
  };
  const runs = (id: string) => page.innerText(`[data-device=${id}] [data-runs]`);
  const results = (what: RegExp) => says(page, '[data-result]', what);
  const phases = async () => {
    const seen = ((await page.evaluate('seen')) as Seen[]).map((one) => one.phase);
    return seen.filter((one, index) => one !== seen[index - 1]);
  };
  const strokes = (id: string) => page.getAttribute(`[data-device=${id}] [data-relay]`, 'data-strokes');

  test('an image for all is received by each, run on trial, and kept', async () => {
    await push('all');
    // Devices that have just started take updates after a minute of theirs.
    for (const { id } of CAST) {
      await phase(id, 'confirmed');
      await says(page, `[data-device=${id}] [data-runs]`, new RegExp(`^${next}, slot b$`));
    }
    await results(/^back runs \S+ \(was \S+\), confirmed after \d+ s\.\ndoor runs .*\nfront runs /i);
  });

  test('chunks are seen to arrive one by one, and a ring in between moves the relay', async () => {
    await fast('front', false);
    await page.evaluate(NOTE_UPDATE, 'front');
    await push('front');
    await atChunk(3, 'front', { do: 'ring', name: 'front', payload: '1' });
    await page.waitForSelector('[data-device=front] [data-outcome=rung]');
    await phase('front', 'trial');
    await fast('front', true);
    await phase('front', 'confirmed');
    assert.deepEqual((await phases()).slice(-3), ['receiving', 'trial', 'confirmed']);
    const seen = (await page.evaluate('seen')) as Seen[];
    const received = seen.filter((one) => one.phase === 'receiving').map(({ have }) => have);
    assert.ok(received.length > 3, `the bar moved ${received.length} times`);
    assert.deepEqual(received, [...received].sort((a, b) => a - b));
    assert.equal(await strokes('front'), '1');
    await results(/^front runs /i);
  });

  test('an image that throws is undone on each device by itself, and no relay moves', async () => {
    const before = await Promise.all([runs('front'), runs('back'), strokes('front'), strokes('back')]);
    await page.check('[data-bad]');
    await page.selectOption('[data-fault]', 'throws');
    await page.evaluate(NOTE_UPDATE, 'front');
    await push('house');
    for (const id of ['front', 'back']) {
      await phase(id, 'rolled back');
      const words = new RegExp(`^Rolled back to \\S+, because ${next} stopped with an error$`, 'i');
      await says(page, `[data-device=${id}] [data-said]`, words);
    }
    assert.deepEqual((await phases()).slice(-3), ['trial', 'went back', 'rolled back']);
    await results(/went back by itself: stopped with an error/);
    assert.deepEqual(await Promise.all([runs('front'), runs('back'), strokes('front'), strokes('back')]), before);
    await page.uncheck('[data-bad]');
  });

  test('an update that a pulled plug has interrupted goes on when the plug is back', async () => {
    await fast('back', false);
    await push('back');
    await atChunk(8, 'back', { do: 'power', device: 'back', on: false });
    await page.waitForSelector('[data-device=back] [data-update=receiving] >> text=when it has power again');
    await page.evaluate(NOTE_UPDATE, 'back');
    await page.click('[aria-label="Plug in: back"]');
    await page.waitForSelector('[data-device=back] [data-update=receiving] >> text=/goes on .* in [01]:/');
    await fast('back', true);
    await phase('back', 'confirmed');
    const seen = (await page.evaluate('seen')) as Seen[];
    assert.ok(seen.filter((one) => one.phase === 'receiving').every(({ have }) => have >= 8));
    await results(/^back runs /i);
  });

  test('bell update in another terminal finds the keys, and is seen on the page as well', async () => {
    next = '9.8.7';
    const file = join(folder, 'door.image');
    writeFileSync(file, makeImage(nodemcu, pretokenise(await bundle(nodemcu, next)), next));
    const io = new (class extends FakeIo {
      override readonly cwd = folder;
    })();
    const broker = `mqtt://127.0.0.1:${workshop.addresses.tcp}`;
    await page.evaluate(NOTE_UPDATE, 'door');
    assert.equal(await command.run({ image: file, broker }, ['door'], io), 0);
    await phase('door', 'confirmed');
    assert.deepEqual((await phases()).slice(-2), ['trial', 'confirmed']);
    assert.match(io.stdout, /^door runs 9\.8\.7/);
    await page.waitForFunction(() => document.querySelector('[data-next]')?.textContent === '9.8.8');
  });

  test('what fails before anything is sent is said, and a push can be left alone', async () => {
    await page.click('[aria-label="Pull the plug: door"]');
    await push('door');
    await results(/door: does not answer\. Give it power and a network/i);
    await fast('front', false);
    await push('front');
    await phase('front', 'receiving', 'trial');
    await page.click('text=Do not wait for it');
    await results(/What was published goes on by itself/);
    await fast('front', true);
    await phase('front', 'confirmed');
  });

  test('on a phone an update is as wide as the screen and no wider', async () => {
    const phone = await openPage(browser, workshop.url, { width: 360, height: 740 }, faults);
    await phone.waitForSelector('[data-device=front] [data-update=confirmed]');
    await phone.check('[data-bad]');
    await phone.waitForSelector('[data-fault]');
    assert.ok(await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await phone.close();
  });

  test('no key was told to the page, and nothing went wrong on it', async () => {
    const secrets = readFileSync(keys.path, 'utf8').match(/[0-9a-f]{64}/g)!;
    assert.equal(secrets.length, CAST.length);
    assert.ok(frames.length > 100);
    for (const secret of secrets) assert.ok(!frames.some((frame) => frame.includes(secret)));
    assert.deepEqual(faults, []);
  });
});
