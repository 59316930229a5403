import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createSafeMode } from '../../../firmware/core/boot/safe-mode.ts';
import type { Dial } from '../../../firmware/core/boot/safe-mode.ts';

const ACCEPTED = '\x20\x02\x00\x00';
const REFUSED = '\x20\x02\x00\x05';

/** A device in safe mode on a network, and every connection that it has opened. */
function bench() {
  const links: {
    sent: string[]; ended: boolean; open: () => void; say: (bytes: string) => void; close: () => void;
  }[] = [];
  let isOff = false;
  const dial: Dial = (opened, received, closed) => {
    if (isOff) throw new Error('no sockets left');
    const link = { sent: [] as string[], open: opened, say: received, close: closed, ended: false };
    links.push(link);
    return {
      write: (bytes) => {
        if (link.ended) throw new Error('This socket is closed');
        link.sent.push(bytes);
      },
      end: () => { link.ended = true; },
      removeAllListeners: () => undefined,
    };
  };
  const safe = createSafeMode(dial, 'hello', 'news');
  safe.network(1);
  const pass = (seconds: number) => { for (let i = 0; i < seconds; i++) safe.tick(); };
  pass(1);
  return { links, safe, pass, off: (value: boolean) => { isOff = value; } };
}

test('says hello on a new connection, and its news when the broker has taken it', () => {
  const { links } = bench();
  links[0]!.open();
  assert.deepEqual(links[0]!.sent, ['hello']);
  for (const byte of ACCEPTED) links[0]!.say(byte);
  assert.deepEqual(links[0]!.sent, ['hello', 'news']);
});

test('pings every half minute for as long as it is answered', () => {
  const { links, pass } = bench();
  links[0]!.open();
  links[0]!.say(ACCEPTED);
  for (let i = 0; i < 5; i++) {
    pass(30);
    assert.equal(links[0]!.sent.at(-1), '\xc0\x00');
    links[0]!.say('\xd0\x00');
  }
  assert.equal(links.length, 1);
  assert.ok(!links[0]!.ended);
});

test('leaves a broker that does not answer, and tries again', () => {
  const { links, pass } = bench();
  links[0]!.open();
  links[0]!.say(ACCEPTED);
  pass(30 + 30 + 15);
  assert.ok(links[0]!.ended);
  assert.equal(links.length, 2);
});

test('a broker that refuses is asked again later', () => {
  const { links, pass } = bench();
  links[0]!.open();
  links[0]!.say(REFUSED);
  assert.deepEqual(links[0]!.sent, ['hello']);
  pass(15);
  assert.equal(links.length, 2);
});

test('a connection that never opens, or never greets, is given up', () => {
  for (const open of [false, true]) {
    const { links, pass } = bench();
    if (open) links[0]!.open();
    pass(30 + 15);
    assert.equal(links.length, 2);
  }
});

test('what a connection says after it was left is not heard', () => {
  const { links, pass } = bench();
  links[0]!.close();
  pass(15);
  links[1]!.open();
  links[0]!.say(ACCEPTED);
  links[0]!.close();
  assert.deepEqual(links[1]!.sent, ['hello']);
  assert.ok(!links[1]!.ended);
});

test('without a network nothing is tried, and it begins again when the network is back', () => {
  const { links, safe, pass } = bench();
  safe.network(0);
  assert.ok(links[0]!.ended);
  pass(1000);
  assert.equal(links.length, 1);
  safe.network(1);
  pass(1);
  assert.equal(links.length, 2);
});

test('a chip without a free socket is no reason to stop trying', () => {
  const { links, safe, pass, off } = bench();
  off(true);
  safe.network(1);
  pass(100);
  off(false);
  pass(15);
  assert.equal(links.length, 2);
});

test('whatever a broker sends, and when, nothing throws and it stays on the air', () => {
  fc.assert(fc.property(fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.nat(40))), (events) => {
    const { links, pass } = bench();
    for (const event of events) {
      const link = links.at(-1)!;
      if (typeof event === 'number') pass(event);
      else link.say(event);
      link.open();
    }
    const before = links.length;
    pass(200);
    assert.ok(links.length > before);
  }));
});
