import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BoardOptions } from '../../simulator/index.ts';
import { boot } from './support/bench.ts';
import type { Bench } from './support/bench.ts';
import { makePeer, online } from './support/peer.ts';
import type { Peer } from './support/peer.ts';

/** A board that is online and has run `code`, and its peer. */
async function bench(code: string, options: Partial<BoardOptions> = {}): Promise<Bench & { peer: Peer }> {
  const peer = makePeer();
  const made = await boot(online(code), { network: peer.network, ...options });
  await made.time.advance(5000);
  return { ...made, peer };
}

describe('a socket', () => {
  test('connects, sends and receives', async () => {
    const { lines, peer, time } = await bench('connect().write("hello")');
    peer.send('hi');
    await time.advance(1);
    assert.deepEqual([peer.received, lines], [['hello'], ['drain', 'connect', 'drain', 'data 2 hi']]);
  });

  test('gives at most 268 bytes at a time on an ESP8266 and 536 on an ESP32', async () => {
    const esp8266 = await bench('connect()');
    esp8266.peer.send('x'.repeat(600));
    await esp8266.time.advance(1);
    assert.deepEqual(esp8266.lines.filter((line) => line.startsWith('data')).map((line) => line.split(' ')[1]),
      ['268', '268', '64']);
    const esp32 = await bench('connect()', { chip: 'esp32' });
    esp32.peer.send('x'.repeat(600));
    await esp32.time.advance(1);
    assert.deepEqual(esp32.lines.filter((line) => line.startsWith('data')).map((line) => line.split(' ')[1]),
      ['536', '64']);
  });

  test('keeps what comes before anybody listens', async () => {
    const { lines, peer, time } = await bench('global.c=net.connect({host:"10.0.0.1",port:2});' +
      'setTimeout(function(){print(c.available());listen(c)},4000)');
    peer.send('early');
    await time.advance(2000);
    assert.deepEqual(lines, ['5', 'data 5 early']);
  });

  test('tells an orderly end after the data before it', async () => {
    const { lines, peer, time } = await bench('connect()');
    peer.send('bye');
    peer.end();
    await time.advance(1);
    assert.deepEqual(lines, ['connect', 'drain', 'data 3 bye', 'end', 'close false']);
  });

  test('sends all before it closes, and refuses more', async () => {
    const { lines, peer } = await bench('var c=connect();c.write("x".repeat(700));c.end();' +
      'try{c.write("y")}catch(e){print(e.message)}');
    assert.deepEqual([peer.received[0]?.length, peer.endings], [700, ['end']]);
    assert.deepEqual(lines, ['This socket is closed', 'connect', 'end', 'close false']);
  });

  test('that is reset is an error on an ESP8266 and an end on an ESP32', async () => {
    const esp8266 = await bench('connect()');
    esp8266.peer.network.cut();
    await esp8266.time.advance(1);
    assert.deepEqual(esp8266.lines.slice(2), ['error -9 connection reset', 'end', 'close true']);
    const esp32 = await bench('connect()', { chip: 'esp32' });
    esp32.peer.network.cut();
    await esp32.time.advance(1);
    assert.deepEqual(esp32.lines.slice(2), ['end', 'close false']);
  });
});

describe('a connection that cannot be made', () => {
  const attempt = (port: number, host: string): string =>
    `try{connect(${port},"${host}");print("made")}catch(e){print(e.toString())}`;

  test('is reported later on an ESP8266', async () => {
    assert.deepEqual((await bench(attempt(1, '10.0.0.1'))).lines,
      ['made', 'error -9 connection reset', 'end', 'close true']);
    assert.deepEqual((await bench(attempt(2, 'no.invalid'))).lines,
      ['made', 'error -6 not found', 'end', 'close true']);
  });

  test('is thrown on an ESP32', async () => {
    const chip = 'esp32';
    assert.deepEqual((await bench(attempt(1, '10.0.0.1'), { chip })).lines, ['InternalError: Unable to create socket']);
    assert.deepEqual((await bench(attempt(2, 'no.invalid'), { chip })).lines, ['InternalError: Unable to locate host']);
  });

  test('is thrown for an address without a network, on an ESP8266 too', async () => {
    const code = 'try{require("net").connect({host:"10.0.0.1",port:2})}catch(e){print(e.message)}';
    assert.deepEqual((await boot(code)).lines, ['Unable to create socket']);
  });

  test('is never answered on an ESP8266 and holds an ESP32 up, whose pulses still end', async () => {
    const lost = async (chip: 'esp8266' | 'esp32'): Promise<Bench> => {
      const peer = makePeer();
      peer.network.unreachable(true);
      const made = await boot(online(`digitalPulse(D4,1,100);${attempt(2, '10.0.0.1')};print(getTime()>15)`),
        { network: peer.network, chip });
      await made.time.advance(5000);
      return made;
    };
    assert.deepEqual((await lost('esp8266')).lines, ['made', 'false']);
    const esp32 = await lost('esp32');
    assert.deepEqual(esp32.lines, ['InternalError: Unable to create socket', 'true']);
    const [on, off] = esp32.board.edges.filter(({ pin }) => pin === 'D4');
    assert.equal((off?.ms ?? 0) - (on?.ms ?? 0), 100);
  });

  test('is refused after the tenth', async () => {
    const { lines } = await bench('try{for(var i=0;i<11;i++)net.connect({host:"10.0.0.1",port:2})}' +
      'catch(e){print(i,e.message)}');
    assert.deepEqual(lines, ['10 Unable to create socket']);
  });
});

describe('a peer is not told', () => {
  test('of a power cut or a restart, and the board forgets', async () => {
    const { board, peer, time } = await bench('connect();if(getTime()<5)setTimeout(E.reboot,6000)');
    await time.advance(7000);
    board.unplug();
    await time.advance(1000);
    assert.deepEqual([peer.endings, peer.received.length], [[], 2]);
  });

  test('but of load()', async () => {
    const { peer, time } = await bench('connect();if(getTime()<5)setTimeout(load,6000)');
    await time.advance(3000);
    assert.deepEqual(peer.endings, ['end']);
  });
});
