import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import d1Mini from '../../boards/d1-mini.ts';
import esp32 from '../../boards/esp32-devkit.ts';
import type { Board } from '../../boards/board.ts';
import type { Answer } from '../../simulator/index.ts';
import { timeAnswer, timeServer } from '../support/time-server.ts';
import type { Oddity } from '../support/time-server.ts';
import { virtual } from '../support/virtual.ts';
import type { Virtual } from '../support/virtual.ts';

const NOW = 1_790_000_000;
const SETTINGS = { time: { server: 'pool' }, guard: { lockoutMs: 0 } };

/** A bell that asks a time server of this kind: `answers` counts the questions, `now` is the time of it all. */
async function asking(context: TestContext, kind: Board, answer?: Answer, start = NOW) {
  const heard = { questions: 0 };
  const now = () => start + Math.floor(made.time.now() / 1000);
  const count: Answer = (host, port, question, reply) => {
    heard.questions++;
    (answer ?? timeServer(now))(host, port, question, reply);
  };
  const made: Virtual = await virtual(context, kind, SETTINGS, { answer: count });
  await made.bell.start();
  await made.time.advance(5000);
  let rings = 0;
  /** The outcome of a ring of so many seconds ago: only with a clock an old one is known as such. */
  const ring = async (age: number) => {
    const id = `r${rings++}`;
    await made.bell.send('ring', JSON.stringify({ id, at: now() - age }));
    return made.bell.outcomeOf(id);
  };
  return { ...made, heard, now, ring };
}

for (const kind of [d1Mini, esp32]) {
  test(`${kind.id}: the clock is set, and stays so through 30 outages and a day of questions`, async (context) => {
    const { bell, time, heard, ring } = await asking(context, kind);
    const { board } = bell.hardware;
    assert.deepEqual([await ring(3600), await ring(0)], ['stale', 'rung']);
    for (let i = 0; i < 30; i++) {
      board.wifi(false);
      await time.advance(20_000);
      board.wifi(true);
      await time.advance(60_000);
    }
    assert.equal(heard.questions, 31);
    await time.advance(24 * 3_600_000);
    assert.equal(heard.questions, 31 + 24);
    assert.equal(bell.said.filter(({ payload }) => payload === 'online').length, 31);
    assert.deepEqual([await ring(3600), await ring(0)], ['stale', 'rung']);
  });

  test(`${kind.id}: a time server without an address does no harm`, async (context) => {
    const { bell, time, ring } = await asking(context, kind, () => undefined);
    bell.hardware.network.unknown.add('pool');
    await time.advance(12 * 3_600_000);
    assert.equal(await ring(0), 'rung');
  });

  const odd: [string, Oddity][] = [
    ['tells it to go away', { stratum: 0, transmit: 0 }], ['was not asked', { originate: '00000000' }],
  ];
  for (const [who, how] of odd) {
    test(`${kind.id}: no clock is set by who ${who}`, async (context) => {
      const { ring } = await asking(context, kind, (_host, _port, question, reply) => {
        reply(timeAnswer(question, NOW - 86_400, how));
      });
      assert.equal(await ring(0), 'rung');
    });
  }

  test(`${kind.id}: rings that say when ring after the February of 2036 as well`, async (context) => {
    const { ring } = await asking(context, kind, undefined, Date.UTC(2036, 2, 1) / 1000);
    assert.deepEqual([await ring(3600), await ring(0)], ['stale', 'rung']);
  });
}

test('an ESP8266 whose socket was lost with the network asks through another one', async (context) => {
  const { bell, time, heard, ring } = await asking(context, d1Mini);
  const { board, network } = bell.hardware;
  network.latency(4000);
  // It looks the name up, and has no way any more when it has the address.
  await time.advance(3_603_000 - time.now());
  board.wifi(false);
  await time.advance(10_000);
  assert.equal(heard.questions, 1);
  network.latency(0);
  board.wifi(true);
  await time.advance(60_000);
  assert.equal(heard.questions, 2);
  assert.deepEqual([await ring(3600), await ring(0)], ['stale', 'rung']);
});

test('an ESP32 whose socket was closed by an empty datagram asks through another one', async (context) => {
  let isEmpty = true;
  const { bell, time, heard, now, ring } = await asking(context, esp32, (host, port, question, reply) => {
    if (isEmpty) reply(new Uint8Array());
    else timeServer(now)(host, port, question, reply);
  });
  isEmpty = false;
  bell.hardware.network.cut();
  await time.advance(60_000);
  assert.equal(heard.questions, 2);
  assert.deepEqual([await ring(3600), await ring(0)], ['stale', 'rung']);
});
