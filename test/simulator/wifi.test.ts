import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BoardOptions } from '../../simulator/index.ts';
import { boot } from './support/bench.ts';

const accessPoints = [{ ssid: 'home', password: 'secret' }];
const WATCH = 'var w=require("Wifi");w.on("connected",function(e){print("connected",JSON.stringify(e))});' +
  'w.on("disconnected",function(e){print("disconnected",e.reason,e.msg)});' +
  'function join(s,p){w.connect(s,{password:p},function(e){print("done",e)})}';

async function prints(code: string, options: Partial<BoardOptions>, ms = 10_000): Promise<string[]> {
  const { lines, time } = await boot(WATCH + code, { accessPoints, ...options });
  await time.advance(ms);
  return lines;
}

describe('Wi-Fi of an ESP8266', () => {
  test('connects and tells the address', async () => {
    assert.deepEqual(await prints('join("home","secret")', {}),
      ['done null', 'connected {"ip":"192.168.1.50","mask":"255.255.255.0","gw":"192.168.1.1"}']);
  });

  test('tries for ever with a wrong password, and tells each time', async () => {
    const lines = await prints('join("home","wrong")', {});
    assert.deepEqual(lines.slice(0, 2), ['done bad_password', 'disconnected 4way_handshake_timeout undefined']);
    assert.ok(lines.length >= 3);
  });

  test('comes back by itself when the access point does', async () => {
    const { board, lines, time } = await boot(`${WATCH}join("home","secret")`, { accessPoints });
    await time.advance(3000);
    board.wifi(false);
    await time.advance(9000);
    board.wifi(true);
    await time.advance(9000);
    const kinds = lines.map((line) => line.split(' ').slice(0, 2).join(' ').replace(/ {.*/, ''));
    assert.deepEqual(kinds.filter((kind, index) => kind !== kinds[index - 1]),
      ['done null', 'connected', 'disconnected beacon_timeout', 'disconnected no_ap_found', 'connected']);
  });
});

describe('Wi-Fi of an ESP32-C3', () => {
  const open = 'w.startAP("bell",{password:"12345678"});';
  const modes = async (code: string, chip: 'esp32' | 'esp32c3') =>
    (await prints(`${code}setTimeout(function(){print(w.getStatus().mode)},9000)`, { chip })).at(-1);

  test('has either an access point or a station, where the others have both', async () => {
    assert.equal(await modes(`${open}join("home","secret");`, 'esp32'), 'APSTA');
    assert.equal(await modes(`${open}join("home","secret");`, 'esp32c3'), 'STA');
    assert.equal(await modes(`join("home","secret");setTimeout(function(){${open}},5000);`, 'esp32'), 'APSTA');
    assert.equal(await modes(`join("home","secret");setTimeout(function(){${open}},5000);`, 'esp32c3'), 'AP');
  });
});

describe('Wi-Fi of an ESP32', () => {
  const chip = 'esp32';

  test('names its mask differently', async () => {
    const lines = await prints('join("home","secret")', { chip });
    assert.match(lines[1] ?? '', /"netmask":"255.255.255.0"/);
  });

  test('gives up after two silent tries', async () => {
    assert.deepEqual(await prints('join("away","x")', { chip }, 60_000),
      ['done NO_AP_FOUND', 'disconnected 201 NO_AP_FOUND']);
  });

  test('does not come back by itself after it has given up', async () => {
    const { board, lines, time } = await boot(`${WATCH}join("home","secret")`, { chip, accessPoints });
    await time.advance(3000);
    board.wifi(false);
    await time.advance(30_000);
    board.wifi(true);
    await time.advance(60_000);
    assert.deepEqual([lines.at(-1), board.radio.state], ['disconnected 201 NO_AP_FOUND', 'off']);
  });
});

test('the name of a network is cut to 31 characters', async () => {
  const ssid = 'x'.repeat(32);
  const { board, time } = await boot(`require("Wifi").connect("${ssid}",{})`);
  await time.advance(5000);
  assert.equal(board.radio.ssid.length, 31);
});

test('getIP, getStatus and getDetails tell the state', async () => {
  const code = 'join("home","secret");function s(){print(w.getIP().ip,w.getStatus().station,w.getDetails().rssi)}' +
    's();setTimeout(s,5000)';
  const lines = await prints(code, {});
  assert.deepEqual([lines[0], lines.at(-1)], ['0.0.0.0 connecting undefined', '192.168.1.50 connected -60']);
});

test('an access point of its own needs a password of eight characters or none', async () => {
  const lines = await prints('try{w.startAP("bell",{password:"short"})}catch(e){print(e.message)}' +
    'w.startAP("bell",{password:"long enough"},function(e){print("up",e)})', {}, 0);
  assert.deepEqual(lines, ['Password must be string of at least 8 characters', 'up null']);
});

test('joining again is news at once on an ESP8266 and breaks the connection on an ESP32', async () => {
  const code = 'join("home","secret");setTimeout(function(){print("again");join("home","secret")},5000);' +
    'setTimeout(function(){print(w.getIP().ip)},5500)';
  assert.equal((await prints(code, {})).at(-1), '192.168.1.50');
  assert.equal((await prints(code, { chip: 'esp32' })).filter((line) => /^[\d.]+$/.test(line))[0], '0.0.0.0');
});
