import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { test } from 'node:test';
import d1Mini from '../../boards/d1-mini.ts';
import { launchBrowser, openPage } from '../support/browser.ts';
import { bareBell } from '../support/lonely-bell.ts';
import { optional } from '../support/optional.ts';
import type { Phone } from '../support/phone.ts';

const chromium = optional('chromium');

/** Leads connections from outside to the form of a simulated board. */
async function frontOf(phone: Phone): Promise<Server> {
  const server = createServer((socket) => {
    const stream = phone.connect();
    if (!stream) return void socket.destroy();
    socket.on('error', () => undefined);
    socket.pipe(stream).pipe(socket);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return server;
}

test('a browser as wide as a phone shows the form, what is wrong with it, and that it is stored', {
  skip: chromium.skip,
}, async (context) => {
  const { opens, phone, stored, time } = await bareBell(context, d1Mini);
  await opens();
  const server = await frontOf(phone);
  const { port } = server.address() as AddressInfo;
  const browser = await launchBrowser(chromium.path, [`--host-resolver-rules=MAP 192.168.4.1:80 127.0.0.1:${port}`]);
  context.after(async () => {
    await browser.close();
    server.close();
  });
  /** The time of the board goes on while something is awaited, not much faster than that of the browser. */
  const meanwhile = async <T>(work: Promise<T>): Promise<T> => {
    let isOver = false;
    const end = () => { isOver = true; };
    work.then(end, end);
    while (!isOver) {
      await time.advance(10);
      await new Promise((next) => setTimeout(next, 5));
    }
    return work;
  };
  const faults: string[] = [];
  const page = await meanwhile(openPage(browser, 'http://192.168.4.1/', { width: 360, height: 640 }, faults));
  const fits = () => page.evaluate('document.documentElement.scrollWidth <= 360');
  assert.ok(await fits(), 'nothing is wider than the phone');
  assert.equal(await page.locator('select option:checked').textContent(), 'home');

  await page.getByLabel('Its password').fill('short');
  await page.getByLabel('Broker', { exact: true }).fill('broker');
  const send = () => meanwhile(Promise.all([
    page.waitForNavigation(), page.getByRole('button', { name: 'Store and restart' }).click(),
  ]));
  await send();
  assert.match((await page.locator('.f').textContent())!, /a password of none, or 8 to 63\. Nothing was stored\./);
  assert.ok(await fits());
  assert.equal(await page.getByLabel('Broker', { exact: true }).inputValue(), 'broker');
  assert.equal(stored().mqtt.host, '');

  await page.getByLabel('Its password').fill('secret123');
  await send();
  assert.match((await page.locator('p').textContent())!, /Stored\. The bell restarts and joins home/);
  assert.deepEqual(stored().wifi, [{ ssid: 'home', password: 'secret123' }]);
  assert.deepEqual(faults.filter((fault) => !fault.includes('400')), []);
});
