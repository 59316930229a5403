import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { boot } from './support/bench.ts';
import type { Bench } from './support/bench.ts';
import { makePeer, online } from './support/peer.ts';
import type { Peer } from './support/peer.ts';

async function connected(code = 'global.c=connect()'): Promise<Bench & { peer: Peer }> {
  const peer = makePeer();
  const made = await boot(online(code), { network: peer.network });
  await made.time.advance(5000);
  made.lines.length = 0;
  return { ...made, peer };
}

describe('a half-open link', () => {
  test('swallows everything and tells nobody', async () => {
    const { lines, peer, time } = await connected('var c=connect();setTimeout(function(){c.write("lost")},5000)');
    peer.network.halfOpen();
    peer.send('lost too');
    await time.advance(600_000);
    assert.deepEqual([lines, peer.received, peer.endings], [['drain'], [''], []]);
  });

  test('can be that of one board of two', async () => {
    const { lines, peer, time } = await connected();
    peer.network.halfOpen('00:00:00:00:00:00');
    peer.send('here');
    await time.advance(1);
    assert.deepEqual(lines, ['data 4 here']);
  });

  test('leaves new links alone', async () => {
    const { lines, peer, time } = await connected('connect();setTimeout(connect,6000)');
    peer.network.halfOpen();
    await time.advance(3000);
    peer.send('again');
    await time.advance(1);
    assert.deepEqual(lines, ['connect', 'drain', 'data 5 again']);
  });
});

test('a split delivers pieces of the sizes that were asked for', async () => {
  const { lines, peer, time } = await connected();
  peer.network.split([1, 3]);
  peer.send('abcdefg');
  await time.advance(1);
  assert.deepEqual(lines, ['data 1 a', 'data 3 bcd', 'data 1 e', 'data 2 fg']);
  peer.network.split();
  peer.send('whole');
  await time.advance(1);
  assert.equal(lines.at(-1), 'data 5 whole');
});

test('latency delays both directions', async () => {
  const { lines, peer, time } = await connected('var c=connect();c.on("data",function(){c.write("pong")})');
  peer.network.latency(100);
  peer.send('ping');
  await time.advance(99);
  assert.deepEqual(lines, []);
  await time.advance(1);
  assert.deepEqual([lines[0], peer.received], ['data 4 ping', ['']]);
  await time.advance(100);
  assert.deepEqual(peer.received, ['pong']);
});

test('a cut in order looks like an end to both sides', async () => {
  const { lines, peer, time } = await connected();
  peer.network.cut('end');
  await time.advance(1);
  assert.deepEqual([lines, peer.endings], [['end', 'close false'], ['end']]);
});

test('a loss of Wi-Fi leaves links half open', async () => {
  const { board, lines, peer, time } = await connected();
  board.wifi(false);
  await time.advance(60_000);
  board.wifi(true);
  await time.advance(10_000);
  peer.send('late');
  await time.advance(1);
  assert.deepEqual([lines, peer.endings, board.radio.state], [[], [], 'connected']);
});

test('memory can be low', async () => {
  const code = 'setInterval(function(){print(E.getErrorFlags().join(),process.memory().free<50)},100)';
  const { board, lines, time } = await boot(code);
  board.lowMemory = true;
  lines.length = 0;
  await time.advance(100);
  assert.deepEqual(lines, ['LOW_MEMORY true']);
});
