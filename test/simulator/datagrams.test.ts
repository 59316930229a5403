import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryNetwork } from '../../simulator/index.ts';
import { boot } from './support/bench.ts';
import { online } from './support/peer.ts';

type ChipName = 'esp8266' | 'esp32';

const SOCKET = 'var s=require("dgram").createSocket("udp4");s.on("close",function(e){print("close",e)});';
const TELL = 's.on("message",function(m,r){print(m.length,r.address,r.port,r.size)});';
const BOUND = `${SOCKET}${TELL}s.bind(50000);`;

/** Lines of a board that runs this. Whoever is sent "time?" answers with `answer`. */
async function run(code: string, chip: ChipName, answer = '', losesWifi = false) {
  const asked: string[] = [];
  const network = memoryNetwork(() => undefined, (host, port, bytes, reply) => {
    asked.push(`${host}:${port}`);
    if (String.fromCharCode(...bytes) === 'time?') reply(Buffer.from(answer, 'latin1'));
  });
  const { board, lines, time } = await boot(online(code), { network, chip });
  await time.advance(5000);
  if (losesWifi) board.wifi(false);
  await time.advance(60_000);
  return { lines, asked };
}

const SEND = 's.send("time?",123,"10.0.0.7");';

for (const chip of ['esp8266', 'esp32'] as const) {
  test(`${chip}: a datagram from a port is answered`, async () => {
    assert.deepEqual((await run(BOUND + SEND, chip, 'x'.repeat(48))).lines, ['48 10.0.0.7 123 48']);
  });

  test(`${chip}: a socket that is closed sends and tells nothing more`, async () => {
    const { lines, asked } = await run(`${SOCKET}s.close();try{${SEND}}catch(e){print(e.message)}`, chip);
    assert.deepEqual([lines, asked], [['This socket is closed', 'close false'], []]);
  });

  test(`${chip}: a port is taken once`, async () => {
    const again = 'try{require("dgram").createSocket("udp4").bind(50000)}catch(e){print(e.message)}';
    assert.deepEqual((await run(BOUND + again, chip)).lines, ['Unable to create socket']);
  });

  test(`${chip}: sockets of both kinds are ten`, async () => {
    const code = `for(var i=0;i<10;i++)require("dgram").createSocket("udp4").bind(50000+i);
      try{require("net").connect({host:"10.0.0.1",port:1},function(){})}catch(e){print(e.message)}`;
    assert.deepEqual((await run(code, chip)).lines, ['Unable to create socket']);
  });
}

test('one of more than 268 bytes is dropped by an ESP8266 only', async () => {
  const of = async (chip: ChipName) => (await run(BOUND + SEND, chip, 'x'.repeat(300))).lines;
  assert.deepEqual(await of('esp8266'), ['WARNING: Recv 300 too long (UDP)!']);
  assert.deepEqual(await of('esp32'), ['300 10.0.0.7 123 300']);
});

test('from no port an ESP8266 sends nothing, and such a socket is never closed', async () => {
  const unbound = `${SOCKET}${TELL}${SEND}setTimeout(function(){s.close()},1000);`;
  const { lines, asked } = await run(unbound, 'esp8266', 'x');
  assert.deepEqual([lines, asked], [[], []]);
  assert.deepEqual((await run(unbound, 'esp32', 'x')).lines, ['1 10.0.0.7 123 1', 'close false']);
  const many = `for(var i=0;i<11;i++)try{${SOCKET}${SEND}s.close()}catch(e){print(e.message)}`;
  assert.deepEqual((await run(many, 'esp8266')).lines, ['Unable to create socket']);
});

test('an ESP8266 sends to everybody what is for a name, and finds the address when it is asked', async () => {
  assert.deepEqual((await run(`${BOUND}s.send("time?",123,"pool");`, 'esp8266')).asked, ['255.255.255.255:123']);
  assert.deepEqual((await run(`${BOUND}s.send("time?",123,"pool");`, 'esp32')).asked, ['pool:123']);
  const find = `${BOUND}require("Wifi").getHostByName("pool",function(a){s.send("time?",123,a)});`;
  assert.deepEqual((await run(find, 'esp8266')).asked, ['192.0.2.1:123']);
});

test('a name is not found without a network, and an address is its own', async () => {
  const find = 'var w=require("Wifi");function f(n){w.getHostByName(n,print)}f("10.0.0.7");' +
    'setTimeout(function(){w.disconnect()},1000);setTimeout(function(){f("pool")},2000)';
  assert.deepEqual((await run(find, 'esp8266')).lines, ['10.0.0.7', 'null']);
});

test('what an ESP8266 cannot send costs it the socket, which says so once more when it is closed', async () => {
  const code = `require("Wifi").stopAP();${BOUND}s.on("error",function(e){print(e.message)});
    setTimeout(function(){${SEND}},10000);setTimeout(function(){s.close();s.close()},20000);`;
  const { lines } = await run(code, 'esp8266', '', true);
  assert.deepEqual(lines, ['no route', 'close true', 'close false']);
  assert.deepEqual((await run(code, 'esp32', '', true)).lines, ['close false']);
});

test('an empty datagram closes a socket, but on an ESP8266', async () => {
  assert.deepEqual((await run(BOUND + SEND, 'esp32', '')).lines, ['close false']);
  assert.deepEqual((await run(BOUND + SEND, 'esp8266', '')).lines, []);
});
