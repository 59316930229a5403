import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Chip } from '../../simulator/index.ts';
import { boot } from './support/bench.ts';

/** Prints of a short program. */
async function prints(code: string, chip: Chip['name'] = 'esp8266'): Promise<string[]> {
  return (await boot(code, { chip })).lines;
}

describe('the context', () => {
  const names = ['Map', 'Set', 'WeakMap', 'Symbol', 'Proxy', 'Reflect', 'globalThis', 'TextEncoder', 'URL', 'Buffer',
    'setImmediate', 'queueMicrotask', 'structuredClone', 'fetch', 'WebAssembly', 'peek8', 'BigInt', 'Intl'];

  test('has nothing that Espruino lacks', async () => {
    assert.deepEqual(await prints(`print([${names.map((name) => `typeof ${name}`).join()}].join())`),
      [names.map(() => 'undefined').join()]);
  });

  test('has no member that Espruino lacks', async () => {
    const members = ['Array.from', '[].flat', '[].at', 'Object.freeze', 'Number.isInteger', 'Math.trunc',
      '"".trimStart', '"".search', 'Promise.race', 'Promise.resolve().finally', 'Date.UTC', '(5).toPrecision',
      'new Uint8Array(1).at'];
    assert.deepEqual(await prints(`print([${members.map((name) => `typeof ${name}`).join()}].join())`),
      [members.map(() => 'undefined').join()]);
  });

  test('leads back to no function of Node', async () => {
    assert.deepEqual(await prints('print(print.constructor("return typeof require(\'Storage\').read")(), ' +
      'print.constructor === Function, typeof process.exit, typeof require("net").constructor.prototype.on)'),
    ['function true undefined function']);
  });

  test('has what is built in also after it was deleted', async () => {
    const names = ['Array', 'JSON', 'RegExp', 'process', 'Modules', 'Pin'];
    const code = `${names.map((name) => `delete global.${name}`).join(';')};mine=1;delete global.mine;`
      + `print([${names.map((name) => `typeof ${name}`).join()},typeof mine].join())`;
    const types = await prints(code);
    assert.deepEqual(types, ['function,object,function,object,object,function,undefined']);
  });

  test('knows its chip', async () => {
    const code = 'print(process.env.BOARD,typeof ESP8266,typeof ESP32,process.memory().total)';
    assert.deepEqual(await prints(code), ['ESP8266_4MB object undefined 1600']);
    assert.deepEqual(await prints(code, 'esp32'), ['ESP32 undefined object 5000']);
    assert.deepEqual(await prints(code, 'esp32c3'), ['ESP32C3_IDF4 undefined object 4095']);
    assert.deepEqual(await prints(code, 'esp32s3'), ['ESP32S3_IDF4 undefined object 5000']);
  });

  test('has only the modules of its chip', async () => {
    const code = 'function has(m){try{require(m);return 1}catch(e){return 0}}' +
      'print(["tls","Wifi","crypto","fs"].map(has).join())';
    assert.deepEqual(await prints(code), ['0,1,1,0']);
    assert.deepEqual(await prints(code, 'linux'), ['1,0,1,0']);
  });

  test('hashes with what the chip has', async () => {
    const code = 'var c=require("crypto");print(typeof c.SHA1,typeof c.SHA256)';
    assert.deepEqual(await prints(code), ['function undefined']);
    assert.deepEqual(await prints(code, 'esp32'), ['function function']);
  });
});

describe('chance and serial number', () => {
  test('two boards draw the same numbers and have different numbers of their own', async () => {
    const code = 'print(Math.random(),E.hwRand());print(getSerial())';
    const one = await boot(code, { mac: '5c:cf:7f:00:00:01' });
    const two = await boot(code, { mac: '5c:cf:7f:00:00:02' });
    assert.equal(one.lines[0], two.lines[0]);
    assert.deepEqual([one.lines[1], two.lines[1]], ['5ccf7f000001', '5ccf7f000002']);
  });
});

describe('doors that a chip opens by itself', () => {
  test('stay open until code closes them', async () => {
    const { board } = await boot('', { chip: 'esp32' });
    assert.deepEqual([board.telnet, board.bluetoothConsole], [true, true]);
    const c3 = await boot('', { chip: 'esp32c3' });
    assert.deepEqual([c3.board.telnet, c3.board.bluetoothConsole], [false, true]);
    const fresh = await boot('');
    assert.deepEqual(fresh.board.radio.accessPoint, { ssid: 'ESP_A1B2C3', password: undefined });
  });

  test('are closed by the calls that Espruino has for it', async () => {
    const telnet = 'require("TelnetServer").setOptions({mode:"off"});';
    const esp32 = await boot(`${telnet}NRF.setServices({},{uart:false})`, { chip: 'esp32' });
    assert.deepEqual([esp32.board.telnet, esp32.board.bluetoothConsole], [false, false]);
    const esp8266 = await boot(`${telnet}require("Wifi").stopAP()`);
    assert.deepEqual([esp8266.board.telnet, esp8266.board.radio.accessPoint], [false, undefined]);
  });
});
