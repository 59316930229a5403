import assert from 'node:assert/strict';
import test from 'node:test';
import d1Mini from '../../../boards/d1-mini.ts';
import linux from '../../../boards/linux.ts';
import type { Board as Kind } from '../../../boards/board.ts';
import { bytesStore } from '../../../scripts/lib/flash/bytes-store.ts';
import { crc32 } from '../../../scripts/lib/flash/crc32.ts';
import { EspruinoConsole } from '../../../scripts/lib/console/console.ts';
import { FIRST_UNIT } from '../../../firmware/core/layout.ts';
import { trustedSettings } from '../../../firmware/core/settings/load.ts';
import { readSettings } from '../../../scripts/lib/read-settings.ts';
import { ConsolePort } from '../../support/console-port.ts';
import { interpreterPort } from '../../support/interpreter-port.ts';
import { optional } from '../../support/optional.ts';
import { plugIn, storageOf } from '../../support/plugged-bell.ts';
import { provisionOver } from '../../support/provision-over.ts';

const never = new AbortController().signal;
const quick = { patienceMs: 8000, answerMs: 3000 };
/** Built once; each board has a copy of its own. */
const fresh = storageOf(d1Mini);
const { path: bin = '', skip } = optional('espruino');

function settings(kind: Kind, more: object = {}) {
  const text = JSON.stringify({
    id: 'back', wifi: [{ ssid: 'school', password: 'a secret word' }], mqtt: { host: '127.0.0.1', port: 9 }, ...more,
  });
  return readSettings('bell.json', () => text, kind);
}

function stored(storage: Uint8Array) {
  return trustedSettings(bytesStore(storage.subarray(32 + FIRST_UNIT)), crc32);
}

test('a device without settings takes those that come over its console, and its relay stays off', async (t) => {
  const { board, port } = plugIn(t, await fresh);
  let isTold = false;
  const beforeStart = async () => {
    isTold = true;
    assert.equal(board.restarts, 0);
  };
  await provisionOver(never, { ...quick, beforeStart })(port, settings(d1Mini));
  assert.ok(isTold);
  assert.equal(board.restarts, 1);
  assert.equal(stored(board.flash.bytes)?.id, 'back');
  assert.equal(stored(board.flash.bytes)?.wifi[0]?.password, 'a secret word');
  assert.deepEqual(board.edges.filter(({ pin, level }) => pin === d1Mini.relay.pin && level === d1Mini.relay.on), []);
});

test('umlauts arrive as they are', async (t) => {
  const { board, port } = plugIn(t, await fresh);
  await provisionOver(never, quick)(port, settings(d1Mini, { wifi: [{ ssid: 'Müller', password: 'größer 12' }] }));
  const { ssid = '' } = stored(board.flash.bytes)?.wifi[0] ?? {};
  assert.equal(Buffer.from(ssid, 'latin1').toString(), 'Müller');
});

test('says that a device without firmware wants to be flashed', async (t) => {
  const { port } = plugIn(t, new Uint8Array(0));
  await assert.rejects(provisionOver(never, quick)(port, settings(d1Mini)), {
    message: /runs Espruino 2v29 and no firmware of a bell/, cure: /bell flash/,
  });
});

test('says that nobody answers, and that the interpreter is too old', async () => {
  const port = new ConsolePort();
  const wait = { patienceMs: 100, answerMs: 100 };
  await assert.rejects(provisionOver(never, wait)(port, settings(d1Mini)), { fault: 'silent' });
  port.onBytes = () => port.say('Espruino 2v08 ESP8266_4MB\n');
  await assert.rejects(provisionOver(never, wait)(port, settings(d1Mini)), /2v08, which is too old/);
  assert.equal(port.readable, null);
});

test('says so at once when the cable is pulled, and when somebody ends it', async () => {
  const port = new ConsolePort();
  port.onBytes = () => port.pull();
  const opened = await EspruinoConsole.open(port, never, quick);
  await assert.rejects(opened.greet(), { fault: 'lost' });
  await opened.close();
  const abort = new AbortController();
  port.onBytes = () => abort.abort();
  await assert.rejects(provisionOver(abort.signal, quick)(port, settings(d1Mini)), /Interrupted/);
});

test('the real interpreter takes settings over its console', { skip }, async (t) => {
  const { port, stop } = interpreterPort(bin, await storageOf(linux));
  t.after(stop);
  await provisionOver(never, quick)(port, settings(linux));
  const opened = await EspruinoConsole.open(port, never, quick);
  t.after(() => opened.close());
  await opened.greet();
  assert.equal(await opened.evaluate('require("Storage").read("bell.json")?1:0'), 0);
  const size = 32 + FIRST_UNIT;
  assert.equal(await opened.evaluate(`require("Storage").read("bell",${size - 32 + 2 * 4096},4)`), 'BELL');
});
