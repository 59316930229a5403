import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryNetwork } from '../../simulator/index.ts';
import { boot } from './support/bench.ts';
import { online } from './support/peer.ts';

/** Lines of a board that has sent "time?" and got `answer`. */
async function ask(answer: string, chip: 'esp8266' | 'esp32'): Promise<string[]> {
  const network = memoryNetwork(() => undefined, (host, port, bytes, reply) => {
    const question = `${host}:${port} ${String.fromCharCode(...bytes)}`;
    if (question === 'ntp:123 time?') reply(Buffer.from(answer, 'latin1'));
  });
  const code = 'var s=require("dgram").createSocket("udp4");' +
    's.on("message",function(m,r){print(m.length,r.address,r.port,r.size)});s.send("time?",123,"ntp")';
  const { lines, time } = await boot(online(code), { network, chip });
  await time.advance(5000);
  return lines;
}

test('a datagram is answered', async () => {
  assert.deepEqual(await ask('x'.repeat(48), 'esp8266'), ['48 ntp 123 48']);
});

test('one of more than 268 bytes is dropped by an ESP8266 only', async () => {
  assert.deepEqual(await ask('x'.repeat(300), 'esp8266'), ['WARNING: Recv 300 too long (UDP)!']);
  assert.deepEqual(await ask('x'.repeat(300), 'esp32'), ['300 ntp 123 300']);
});

test('a socket that is closed sends and tells nothing more', async () => {
  const network = memoryNetwork(() => undefined, () => assert.fail('sent'));
  const code = 'var s=require("dgram").createSocket("udp4");s.on("close",function(){print("close")});s.close();' +
    'try{s.send("x",1,"h")}catch(e){print(e.message)}';
  const { lines, time } = await boot(online(code), { network });
  await time.advance(5000);
  assert.deepEqual(lines, ['This socket is closed', 'close']);
});
