import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { MemoryNetwork } from '../../simulator/memory-network.ts';
import type { BoardOptions } from '../../simulator/index.ts';
import { boot } from './support/bench.ts';

/** A server on port 80 of the board's own network, which tells what happens to its connections. */
const SERVER = `require("Wifi").startAP("bell",{password:"long enough",authMode:"wpa_wpa2"});
var s=require("net").createServer(function(c){print("conn");
  c.on("data",function(d){print("data",d.length,this===c)});c.on("drain",function(){print("drain")});
  c.on("end",function(){print("end")});c.on("close",function(e){print("close",e)});global.c=c});
print(s.listen(80)===s);`;

async function bench(code: string, options: Partial<BoardOptions> = {}) {
  const made = await boot(SERVER + code, options);
  const network = made.network as MemoryNetwork;
  return { ...made, network, visit: () => network.visit(made.board.mac, 80) };
}

describe('a server on a board', () => {
  test('takes a phone in the network of the board, and hears and answers it', async () => {
    const { board, lines, time, visit } = await bench('setTimeout(function(){c.write("x".repeat(600));c.end()},2000)');
    const phone = visit()!;
    let heard = '';
    let isOver = false;
    phone.on('data', (bytes: Buffer) => { heard += bytes.toString('latin1'); }).on('end', () => { isOver = true; });
    phone.write('y'.repeat(300));
    await time.advance(3000);
    assert.deepEqual(board.radio.accessPoint, { ssid: 'bell', password: 'long enough' });
    assert.deepEqual(lines, ['true', 'conn', 'data 268 true', 'data 32 true', 'end', 'close false']);
    assert.deepEqual([heard, isOver], ['x'.repeat(600), true]);
  });

  test('is not there when it is closed, when its network is, and when the power is gone', async () => {
    const one = await bench('setTimeout(function(){s.close()},2000)');
    assert.ok(one.visit());
    await one.time.advance(3000);
    assert.equal(one.visit(), undefined);
    const other = await bench('setTimeout(function(){require("Wifi").stopAP()},2000)');
    await other.time.advance(3000);
    assert.equal(other.visit(), undefined);
    const third = await bench('');
    third.board.unplug();
    assert.equal(third.visit(), undefined);
  });

  test('has as many connections as the chip has sockets', async () => {
    const { visit } = await bench('');
    const phones = Array.from({ length: 12 }, visit).filter(Boolean);
    assert.equal(phones.length, 9);
  });
});

test('a datagram reaches a port that is bound, and its answer comes back', async () => {
  const { network, board, time } = await bench(`require("dgram").createSocket("udp4").bind(53,function(b){
    b.on("message",function(m,i){b.send(m+"!",i.port,i.address)})})`);
  let answer = '';
  const there = network.post(board.mac, 53, Buffer.from('who'), (bytes) => { answer = Buffer.from(bytes).toString(); });
  await time.advance(10);
  assert.deepEqual([there, answer], [true, 'who!']);
  assert.equal(network.post(board.mac, 54, Buffer.from('who'), () => undefined), false);
});

const join = 'w.connect("home",{password:"secret"},function(){})';

describe('the radio of an ESP32', () => {
  const chip = 'esp32';
  const wifi = `var w=require("Wifi");w.on("connected",function(){print("connected")});
    w.on("disconnected",function(){print("disconnected")});`;

  test('does not try again while it is an access point, and hears of that only after a scan', async () => {
    const { board, lines, time } = await boot(`${wifi}${join};
      setTimeout(function(){w.startAP("bell",{password:"long enough"})},10000);
      setTimeout(function(){${join}},40000);
      setTimeout(function(){w.stopAP();${join}},60000);
      setTimeout(function(){w.scan(function(){${join}})},80000);`, { chip });
    board.wifi(false);
    await time.advance(25_000);
    board.wifi(true);
    await time.advance(50_000);
    assert.deepEqual(lines, ['disconnected']);
    await time.advance(20_000);
    assert.deepEqual(lines, ['disconnected', 'connected']);
  });
});

test('one scan at a time', async () => {
  const { lines, time } = await boot(`var w=require("Wifi");
    w.scan(function(f){print(f.map(function(n){return n.ssid}))});
    try{w.scan(function(){})}catch(e){print(e.message)}`, { accessPoints: [{ ssid: 'a', password: '' }] });
  await time.advance(5000);
  assert.deepEqual(lines, ['A scan is already in progress', '[ "a" ]']);
});
