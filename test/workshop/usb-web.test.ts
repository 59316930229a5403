import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { WebSocket } from 'ws';
import { interpreters } from '../../boards/interpreters.ts';
import type { UsbWorld } from '../../scripts/lib/workshop-usb.ts';
import { createWeb } from '../../workshop/web.ts';
import { isFromHere } from '../../workshop/usb-web.ts';
import type { BellLogin, BellNews, ImagesAnswer, PinAnswer } from '../../workshop/usb-messages.ts';
import { connectClient } from '../support/mqtt-client.ts';
import { startBroker } from '../scripts/host.ts';
import { writeRelease } from '../support/rom/release.ts';
import { usbHelp } from '../support/usb-help.ts';

const [esp8266] = interpreters;
const FIRMWARE = Uint8Array.of(1, 2, 3);

async function start(t: TestContext, changed: Partial<UsbWorld> = {}): Promise<string> {
  const usb = usbHelp({ firmware: async () => FIRMWARE, ...changed });
  const web = createWeb(new Map(), { page: () => undefined, mqtt: () => undefined, usb }).listen(0, '127.0.0.1');
  await once(web, 'listening');
  t.after(() => web.close());
  return `http://127.0.0.1:${(web.address() as AddressInfo).port}/usb`;
}

const post = (url: string, body: object, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body: JSON.stringify(body), headers });

test('the firmware of a board is handed out, and nothing else is there', async (t) => {
  const url = await start(t);
  const firmware = await fetch(`${url}/firmware/d1-mini`);
  assert.deepEqual(new Uint8Array(await firmware.arrayBuffer()), FIRMWARE);
  for (const path of ['firmware/d2', 'firmware/d1-mini/x', 'interpreter/z80', 'interpreter/esp32/a/b', 'bell', '']) {
    assert.equal((await fetch(`${url}/${path}`)).status, 404, path);
  }
});

test('files of an interpreter are told with their hashes, and only those of the table are handed out', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'bell-usb-web-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeRelease(folder, esp8266!);
  const url = `${await start(t, { directory: folder })}/interpreter/${esp8266!.id}`;
  const answer = await (await fetch(url)).json() as ImagesAnswer;
  assert.ok(answer.state === 'here');
  assert.deepEqual(answer.files.map(({ file }) => file), esp8266!.parts.map(({ file }) => file));
  assert.equal(answer.pinned.length, esp8266!.parts.length);
  assert.equal((await fetch(`${url}/blank.bin`)).status, 200);
  assert.equal((await fetch(`${url}/${encodeURIComponent('../pins.json')}`)).status, 404);
});

test('a download waits for a yes, and what fails says what to do', async (t) => {
  let fetched = 0;
  const url = `${await start(t, {
    fetch: async () => {
      fetched++;
      return new Response('<html>', { status: 200 });
    },
  })}/interpreter/${esp8266!.id}`;
  const answer = await (await fetch(url)).json() as ImagesAnswer;
  assert.ok(answer.state === 'missing');
  assert.match(answer.what, /4 files of Espruino 2v29 from https:/);
  assert.equal(fetched, 0);
  const failed = await post(url, { do: 'download' });
  assert.equal(failed.status, 409);
  assert.match(JSON.stringify(await failed.json()), /is no image of an interpreter.*page to log in to/);
  assert.ok(fetched > 0);
});

test('hashes of a person\'s own files are pinned once and kept to', async (t) => {
  const url = `${await start(t)}/interpreter/${esp8266!.id}`;
  const files = [{ file: 'blank.bin', sha256: 'a'.repeat(64) }];
  const { pinned } = await (await post(url, { do: 'pin', files })).json() as PinAnswer;
  assert.deepEqual(pinned, [`${esp8266!.folder}/blank.bin`]);
  assert.deepEqual((await (await post(url, { do: 'pin', files })).json() as PinAnswer).pinned, []);
  const other = await post(url, { do: 'pin', files: [{ file: 'blank.bin', sha256: 'b'.repeat(64) }] });
  assert.equal(other.status, 409);
  for (const body of [{}, { do: 'pin' }, { do: 'pin', files: [{ file: 'x', sha256: '1' }] }]) {
    assert.equal((await post(url, body)).status, 400);
  }
  assert.equal((await post(url, { do: 'x'.repeat(10_000) })).status, 409);
});

test('another site may ask for nothing, and another computer for nothing that does something', async (t) => {
  const url = await start(t);
  const elsewhere = { origin: 'https://elsewhere.example' };
  assert.equal((await post(`${url}/interpreter/esp32`, { do: 'download' }, elsewhere)).status, 403);
  assert.equal((await fetch(`${url}/firmware/d1-mini`, { headers: elsewhere })).status, 403);
  const from = (remoteAddress: string) => isFromHere({ socket: { remoteAddress } });
  assert.deepEqual(['127.0.0.1', '::1', '::ffff:127.0.0.1'].map(from), [true, true, true]);
  assert.deepEqual(['192.168.1.7', '10.127.0.1', 'fe80::1', ''].map(from), [false, false, false, false]);
});

test('a bell is met on its own broker with its own login, and is rung there', async (t) => {
  const broker = await startBroker({ username: 'ada', password: 'lovelace' });
  t.after(() => broker.close());
  const url = (await start(t)).replace('http', 'ws');
  const port = Number(new URL(broker.url).port);
  const login = (password: string): BellLogin => ({
    id: 'front', mac: '5ccf7f123456', prefix: 'bell',
    mqtt: { host: '127.0.0.1', port, tls: false, username: 'ada', password },
  });
  const refused = await openLine(url, login('babbage'));
  assert.match(JSON.stringify(await refused.next('fault')), /refuses this user name or password/);
  refused.socket.close();

  const line = await openLine(url, login('lovelace'));
  await line.next('listening');
  const bell = await connectClient(broker.url, { username: 'ada', password: 'lovelace' });
  t.after(() => bell.end(true));
  await bell.subscribeAsync('bell/front/ring');
  bell.on('message', () => bell.publish('bell/front/rang', '{"outcome":"rung","ms":200}'));
  await bell.publishAsync('bell/front/info', '{"version":"1.2.0","address":"10.0.0.7"}', { retain: true });
  await bell.publishAsync('bell/front/status', 'online', { retain: true });
  assert.deepEqual(await line.next('online'), {
    type: 'online', id: 'front', address: '10.0.0.7', version: '1.2.0',
  });
  line.socket.send(JSON.stringify({ do: 'ring' }));
  assert.deepEqual(await line.next('rang'), { type: 'rang', outcome: 'rung', ms: 200 });
  line.socket.close();
});

async function openLine(url: string, login: BellLogin) {
  const socket = new WebSocket(`${url}/bell`);
  const news: BellNews[] = [];
  socket.on('message', (data) => news.push(JSON.parse(String(data)) as BellNews));
  await once(socket, 'open');
  socket.send('nonsense');
  socket.send(JSON.stringify({ do: 'listen', login: { ...login, prefix: '#' } }));
  socket.send(JSON.stringify({ do: 'listen', login }));
  const next = async (type: BellNews['type']): Promise<BellNews> => {
    for (;;) {
      const found = news.find((one) => one.type === type);
      if (found) return found;
      await once(socket, 'message');
    }
  };
  return { socket, next };
}
