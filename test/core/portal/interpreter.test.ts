import assert from 'node:assert/strict';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import d1Mini from '../../../boards/d1-mini.ts';
import linux from '../../../boards/linux.ts';
import { loadSettings } from '../../../firmware/core/settings/load.ts';
import { fasterSeconds } from '../../../scripts/bench/shims.ts';
import { buildBoard } from '../../../scripts/lib/build.ts';
import { readSettings } from '../../../scripts/lib/read-settings.ts';
import { regionStore } from '../../../scripts/lib/region.ts';
import { addFile } from '../../../scripts/lib/storage-file.ts';
import { putSettings } from '../../../scripts/lib/storage-image.ts';
import { crc } from '../../support/crc.ts';
import { runStorage } from '../../support/on-interpreter.ts';
import { optional } from '../../support/optional.ts';
import { encode, HOST, networksIn, valuesIn } from '../../support/phone.ts';
import { limits } from '../../support/settings.ts';

const espruino = optional('espruino');

/** The firmware of an ESP8266 on the real interpreter, whose Storage is elsewhere. */
const kind = { ...d1Mini, storage: linux.storage };

/** Variables that are taken away: an ESP8266 has 1,600, the stand-in takes 99, and 1,100 have to do. */
const BALLAST = 1600 - 1100 - 99;

/** What a phone says besides. */
const HEADERS = [
  `Host: ${HOST}`, 'Connection: keep-alive', 'Upgrade-Insecure-Requests: 1', 'Cache-Control: max-age=0',
  'User-Agent: Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile '
    + 'Safari/537.36',
  'Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8',
  `Referer: http://${HOST}/`, 'Accept-Encoding: gzip, deflate', 'Accept-Language: en-GB,en;q=0.9',
].map((line) => `${line}\r\n`).join('');

/** What the interpreter of an ESP8266 has and that for Linux lacks: a radio, and ports below 1024 for everybody. */
function standIn(port: number): string {
  return `global.ESP8266={getResetInfo:function(){return{reason:"power on"}}};
Modules.addCached("Wifi",function(){
  exports.stopAP=exports.setHostname=exports.disconnect=exports.connect=function(){};
  exports.startAP=function(n,o){print("AP",n,o.authMode)};
  exports.scan=function(f){setTimeout(function(){var a=[];
    for(var i=0;i<8;i++)a.push({rssi:-50-i,channel:6,authMode:"wpa2",isHidden:false,ssid:"net "+i,mac:"aa:bb"});
    f(a)},500)};
});
require("Wifi");global.NET=require("net");
Modules.addCached("net",function(){exports.connect=NET.connect;
  exports.createServer=function(f){var s=NET.createServer(f);
  return{listen:function(){s.listen(${port});print("listening")},close:function(){s.close()}}}});
Modules.addCached("dgram",function(){exports.createSocket=function(){return{bind:function(){},on:function(){},
  close:function(){}}}});
require("net");require("dgram");${fasterSeconds(100)}global.FULL="x".repeat(${8 * BALLAST});`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

function ask(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('latin1').on('data', (data: string) => { answer += data; });
    socket.on('error', reject).on('close', () => resolve(answer));
    socket.write(text);
  });
}

test('the form works on the real interpreter, over real sockets, in 1,100 variables', { skip: espruino.skip },
  async (context) => {
    const port = await freePort();
    const { files } = await buildBoard(kind);
    const storage = Buffer.from(files[`${kind.id}.storage`] as Uint8Array);
    const before = {
      id: 'front', led: false, groups: ['ground'], wifi: [{ ssid: 'home', password: 'a password' }],
      mqtt: { host: '127.0.0.1', username: 'bell', password: 's3cret' },
      update: { key: '0123456789abcdef'.repeat(4) }, portal: { password: 'long enough', afterS: 65 },
    };
    putSettings(storage, kind, readSettings('bell.json', () => JSON.stringify(before), kind));
    const run = runStorage(espruino.path!, addFile(storage, '.boot0', standIn(port)));
    context.after(() => run.interpreter.stop());
    await run.line(/^Access point front, password long enough, /);
    await run.line(/^AP front wpa2$/);
    await run.line(/^listening$/);
    const get = () => ask(port, `GET / HTTP/1.1\r\n${HEADERS}\r\n`);
    const post = (fields: Record<string, string>) => {
      const body = encode(fields);
      return ask(port, `POST / HTTP/1.1\r\n${HEADERS}Origin: http://${HOST}\r\n`
        + 'Content-Type: application/x-www-form-urlencoded\r\n'
        + `Content-Length: ${body.length}\r\n\r\n${body}`);
    };
    const page = await get();
    assert.match(page, /<\/form>/);
    assert.doesNotMatch(page, /s3cret|a password/);
    assert.equal(networksIn(page).length, 9);
    const values = valuesIn(page);
    assert.match(await post({ ...values, n: 'Front' }), /Name must be a name/);
    const fields = { ...values, n: 'back', s: '1', k: 'p\xc3\xa9ssw\xf6rd & more', p: '1884' };
    assert.match(await post(fields), /Stored\. The bell restarts and joins net 1\./);
    const stored = loadSettings(regionStore(run.interpreter.flash(), kind), crc, limits);
    assert.deepEqual([stored.id, stored.wifi[0]?.password, stored.mqtt.port, stored.mqtt.password, stored.update.key],
      ['back', 'p\xc3\xa9ssw\xf6rd & more', 1884, 's3cret', before.update.key]);
    assert.equal(stored.wifi[1]?.ssid, 'home');
    assert.doesNotMatch(run.lines.join('\n'), /Uncaught|MEMORY/);
  });
