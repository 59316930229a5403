import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { countOf, gather, hasName, nameAt, strongest, withName } from '../../../firmware/core/portal/names.ts';

const ssid = fc.string({ unit: 'binary-ascii', maxLength: 33 }).map((text) => text.replaceAll('\0', ''));
const networks = fc.array(fc.record({ ssid, rssi: fc.integer({ min: -110, max: 0 }) }), { maxLength: 40 });

function listOf(names: string): string[] {
  return Array.from({ length: countOf(names) }, (_, index) => nameAt(names, index));
}

test('the strongest ten networks of a scan are offered, each once, the strongest first', () => {
  fc.assert(fc.property(networks, (found) => {
    const best = new Map<string, number>();
    for (const { ssid: name, rssi } of found) {
      if (name && name.length < 32) best.set(name, Math.max(rssi, best.get(name) ?? -Infinity));
    }
    const names = listOf(strongest(gather([...found])));
    const levels = names.map((name) => best.get(name)!);
    assert.equal(new Set(names).size, names.length);
    assert.deepEqual(levels, [...best.values()].sort((a, b) => b - a).slice(0, 10));
  }));
});

test('a network of ours is found however weak it is, and no other one is taken for it', () => {
  fc.assert(fc.property(networks, ssid.filter((name) => name !== ''), (found, name) => {
    const isThere = found.some((network) => network.ssid === name && name.length < 32);
    assert.equal(hasName(gather([...found]), name), isThere);
  }));
});

test('what a scan has found is let go of on the way', () => {
  const found = [{ ssid: 'home', rssi: -50 }, { ssid: 'shed', rssi: -60 }];
  gather(found);
  assert.deepEqual(found, []);
});

test('a name is found by its number, and nothing by what is none', () => {
  const names = withName(withName(withName('', 'home'), 'my home'), 'home');
  assert.deepEqual(listOf(names), ['home', 'my home']);
  for (const index of [2, 99, -1, NaN, Infinity]) assert.equal(nameAt(names, index), '');
  assert.equal(nameAt('', 0), '');
});
