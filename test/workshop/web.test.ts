import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reachableAddress } from '../../workshop/local-address.ts';
import { History } from '../../workshop/history.ts';
import { isOwnPage } from '../../workshop/web.ts';

test('the line of the page is open to our page and to programs, and to no other site', () => {
  const asks = (origin?: string) => isOwnPage({ headers: { host: '127.0.0.1:8080', ...(origin ? { origin } : {}) } });
  assert.equal(asks(), true);
  assert.equal(asks('http://127.0.0.1:8080'), true);
  assert.equal(asks('http://127.0.0.1:8081'), false);
  assert.equal(asks('https://elsewhere.example'), false);
  assert.equal(asks('null'), false);
});

test('a server that listens everywhere is reached at the address in the local network', () => {
  const wlan = { family: 'IPv4', internal: false, address: '192.168.1.7' };
  const own = { family: 'IPv4', internal: true, address: '127.0.0.1' };
  const interfaces = { lo: [own], wlan: [wlan] } as unknown as Parameters<typeof reachableAddress>[1];
  assert.equal(reachableAddress('0.0.0.0', interfaces), '192.168.1.7');
  assert.equal(reachableAddress('127.0.0.1', interfaces), '127.0.0.1');
  assert.equal(reachableAddress('0.0.0.0', {}), '127.0.0.1');
});

test('the history keeps the newest', () => {
  const history = new History<number>(3);
  for (let n = 1; n <= 100; n++) {
    history.add(n);
    assert.deepEqual(history.all(), [n - 2, n - 1, n].filter((kept) => kept > 0));
  }
});
