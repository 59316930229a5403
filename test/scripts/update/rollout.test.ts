import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  begin, excuse, hasFailed, hear, listen, nextStep, NOT_YET, revive, untouched, type Deed, type Rollout, type Target,
} from '../../../scripts/lib/update/rollout.ts';
import type { Report, State } from '../../../scripts/lib/update/status.ts';

function target(id: string): Target {
  return {
    id, board: 'd1-mini', was: '1.2.0', standing: 'planned', serial: 0, wrongKeys: 0, runs: '', reason: '',
    have: 0, of: 0, sentAt: 0, heardAt: 0, endedAt: 0,
  };
}

function rollout(ends: number[], deed: Deed = 'run', percent = 0): Rollout {
  const targets = Array.from({ length: ends.at(-1)! }, (_, i) => target(`bell-${i}`));
  return {
    do: deed, name: 'all', version: '1.3.0', force: false, startedAt: 0, ends, limit: { percent }, stage: 0,
    state: 'running', targets,
  };
}

function sent(ends = [1], deed: Deed = 'run'): { all: Rollout; first: Target } {
  const all = rollout(ends, deed);
  for (const one of all.targets.slice(0, ends[0])) begin(one, 100, 1000);
  return { all, first: all.targets[0]! };
}

function says(one: Target, state: State, more: Partial<Report> = {}, deed: Deed = 'run'): boolean {
  return hear(deed, one, { state, serial: one.serial, ...more }, false, 2000);
}

const ids = (step: ReturnType<typeof nextStep>) => (typeof step === 'string' ? step : step.map(({ id }) => id));

test('the next stage begins when everybody of the one before has ended', () => {
  const all = rollout([1, 3]);
  assert.deepEqual(ids(nextStep(all)), ['bell-0']);
  begin(all.targets[0]!, 100, 1000);
  assert.equal(nextStep(all), 'wait');
  says(all.targets[0]!, 'confirmed');
  assert.deepEqual(ids(nextStep(all)), ['bell-1', 'bell-2']);
  for (const one of all.targets.slice(1)) {
    begin(one, 101, 1000);
    says(one, 'confirmed');
  }
  assert.equal(nextStep(all), 'ended');
  assert.equal(all.state, 'done');
});

test('too many failures stop it at once, whether others are still at work or not', () => {
  for (const state of ['refused', 'failed', 'rolled back'] as const) {
    const { all } = sent([2, 5]);
    assert.equal(nextStep(all), 'wait');
    says(all.targets[1]!, state);
    assert.equal(nextStep(all), 'ended');
    assert.equal(all.state, 'stopped');
    assert.equal(all.targets[4]!.standing, 'planned');
  }
});

test('as many failures as are allowed do not', () => {
  const all = rollout([4, 8], 'run', 25);
  for (const one of all.targets.slice(0, 4)) begin(one, 100, 1000);
  says(all.targets[0]!, 'failed');
  for (const one of all.targets.slice(1, 4)) says(one, 'confirmed');
  assert.equal((nextStep(all) as readonly Target[]).length, 4);
});

test('who says nothing for the time of patience is silent, and can come back', () => {
  const { all, first } = sent();
  assert.equal(listen(all, 180, 1000 + 179_000), false);
  assert.equal(listen(all, 180, 1000 + 180_000), true);
  assert.deepEqual([first.standing, first.reason], ['silent', 'from the start']);
  assert.equal(says(first, 'confirmed', { runs: '1.3.0' }), true);
  assert.deepEqual([first.standing, first.runs], ['done', '1.3.0']);
});

test('a trial may take as long as the loader needs to undo it', () => {
  const { all, first } = sent();
  says(first, 'trial');
  assert.equal(listen(all, 180, 2000 + 10 * 60_000), false);
  assert.equal(listen(all, 180, 2000 + 15 * 60_000), true);
  assert.equal(first.reason, 'on trial');
});

test('an outage of the broker is nobody’s silence', () => {
  const { all } = sent();
  excuse(all, 170_000);
  assert.equal(listen(all, 180, 200_000), false);
});

test('what is about another manifest, or was kept without saying about which, is not believed', () => {
  const { first } = sent();
  assert.equal(hear('run', first, { state: 'confirmed', serial: 99 }, false, 2000), false);
  assert.equal(hear('run', first, { state: 'confirmed' }, false, 2000), false);
  assert.equal(hear('run', first, { state: 'refused', reason: 'wrong key' }, true, 2000), false);
  assert.equal(first.standing, 'sent');
  assert.equal(hear('run', first, { state: 'refused', reason: 'wrong key' }, false, 2000), true);
  assert.equal(first.standing, 'refused');
});

test('a refusal for now is waited for', () => {
  const { all, first } = sent();
  says(first, 'refused', { reason: NOT_YET });
  assert.equal(first.standing, 'waiting');
  assert.equal(nextStep(all), 'wait');
});

test('an image that was confirmed and undone later is a failure after all', () => {
  const { first } = sent();
  says(first, 'confirmed');
  says(first, 'rolled back');
  assert.equal(first.standing, 'rolled back');
});

test('what ends an order depends on the order', () => {
  const back = sent([1], 'back').first;
  says(back, 'trial', {}, 'back');
  assert.equal(back.standing, 'trial');
  says(back, 'confirmed', {}, 'back');
  assert.equal(back.standing, 'done');
  const key = sent([1], 'key').first;
  says(key, 'current', {}, 'key');
  assert.equal(key.standing, 'sent');
  says(key, 'key changed', {}, 'key');
  assert.equal(key.standing, 'done');
  says(key, 'refused', { reason: 'wrong key' }, 'key');
  assert.equal(key.standing, 'done');
});

test('manifests are taken back from those who have not begun', () => {
  const { all } = sent([4]);
  const [asked, receiving, silent, trying] = all.targets as [Target, Target, Target, Target];
  says(receiving, 'receiving', { have: 8, of: 40 });
  says(trying, 'trial');
  listen(all, 1, 1e9);
  assert.deepEqual(untouched(all).map(({ id }) => id), [asked.id, silent.id]);
});

test('resuming tries once more but for those that went back, and counts failures anew', () => {
  const { all } = sent([3, 6]);
  says(all.targets[0]!, 'rolled back');
  says(all.targets[1]!, 'refused', { reason: 'wrong key' });
  says(all.targets[2]!, 'receiving', { have: 1, of: 9 });
  assert.equal(nextStep(all), 'ended');
  assert.equal(revive(all, 5000), true);
  assert.deepEqual(ids(nextStep(all)), ['bell-1']);
  begin(all.targets[1]!, 101, 6000);
  says(all.targets[1]!, 'confirmed');
  says(all.targets[2]!, 'confirmed');
  assert.deepEqual(ids(nextStep(all)), ['bell-3', 'bell-4', 'bell-5']);
});

test('there is nothing to resume where all has ended well', () => {
  const { all, first } = sent();
  says(first, 'confirmed');
  nextStep(all);
  assert.equal(revive(all, 5000), false);
});

test('whatever bells report: nobody is asked before its stage, and it ends as its failures say', () => {
  const fates = fc.constantFrom<State | 'silent'>('confirmed', 'current', 'failed', 'refused', 'rolled back', 'silent');
  const wish = fc.tuple(fc.array(fates, { minLength: 1, maxLength: 40 }), fc.nat(40), fc.nat(100), fc.nat());
  fc.assert(fc.property(wish, ([ends, first, percent, order]) => {
    const stages = [...new Set([Math.min(Math.max(first, 1), ends.length), ends.length])];
    const all = rollout(stages, 'run', percent);
    let now = 1000;
    for (let step = nextStep(all); step !== 'ended'; step = nextStep(all)) {
      if (step !== 'wait') for (const one of step) begin(one, 100, now);
      assert.ok(all.targets.slice(stages[all.stage]).every(({ standing }) => standing === 'planned'));
      const busy = all.targets.filter(({ standing }) => standing === 'sent');
      const one = busy[order % busy.length]!;
      const fate = ends[all.targets.indexOf(one)]!;
      if (fate === 'silent') listen(all, 180, now += 180_000);
      else says(one, fate);
    }
    const begun = all.targets.slice(0, stages[all.stage]);
    const failed = begun.filter(hasFailed).length;
    assert.equal(all.state, failed > Math.floor((percent / 100) * begun.length + 1e-9) ? 'stopped' : 'done');
  }));
});
