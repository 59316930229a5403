import assert from 'node:assert/strict';
import test from 'node:test';
import { castOf } from '../../scripts/bench/fleet/cast.ts';
import { faultOf, type Outcome, type Plan } from '../../scripts/bench/fleet/outcome.ts';
import { mostInASecond } from '../../scripts/bench/fleet/traffic.ts';
import { command } from '../../scripts/commands/bench.ts';
import { FakeIo } from './host.ts';

test('the most in a second is that of the worst second, wherever it begins', () => {
  assert.equal(mostInASecond([]), 0);
  assert.equal(mostInASecond([0, 999, 1000, 1998, 5000]), 3);
  assert.equal(mostInASecond([4000, 100, 300, 200]), 3);
});

test('the bells of a fleet have an id, an address and a kind of board each', () => {
  const cast = castOf(300);
  assert.equal(new Set(cast.map(({ id }) => id)).size, 300);
  assert.equal(new Set(cast.map(({ mac }) => mac)).size, 300);
  assert.ok(cast.every(({ mac }) => /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(mac)));
  assert.equal(cast.filter(({ board }) => board === 'esp32-devkit').length, 100);
});

const plan: Plan = { bells: 3, mosquitto: '', isKilled: false, isSettled: false, said: () => undefined };
const row = (bell: string, state: string) => ({ bell, state, was: '0.0.9', runs: '1.0.0', reason: '', s: 40 });
const rows = [row('a', 'done'), row('b', 'refused'), row('c', 'done')];
const outcome = { exitCode: 1, rows, broken: 'b', away: 'c' };

test('a fleet is as it has to be when all but the broken bell run the new version, and else it is said', () => {
  const fault = (change: object, of = plan) => faultOf({ ...outcome, ...change } as unknown as Outcome, of);
  assert.equal(fault({}), '');
  assert.match(fault({ rows: rows.slice(1) }), /2 of 3 bells took part/);
  assert.match(fault({ rows: [row('a', 'silent'), ...rows.slice(1)] }), /1 bells .* a silent/);
  assert.match(fault({ rows: [row('a', 'done'), row('b', 'done'), row('c', 'done')] }), /b done/);
  assert.match(fault({ exitCode: 0 }), /ended with 0 although b has failed/);
  assert.match(fault({}, { ...plan, isKilled: true }), /not killed/);
});

test('without Mosquitto the fleet is skipped by name, and a fleet is no handful', async () => {
  const bare = new (class extends FakeIo {
    override readonly env = { MOSQUITTO_BIN: '/nowhere/mosquitto' };
  })();
  assert.equal(await command.run({ only: ['fleet'] }, [], bare), 0);
  assert.match(bare.stdout, /Skipped: fleet[^]*Mosquitto is not installed/);
  const io = new (class extends FakeIo {
    override readonly env = { MOSQUITTO_BIN: process.execPath };
  })();
  await assert.rejects(command.run({ only: ['fleet'], bells: '5' }, [], io), /20 bells at the least/);
});
