import assert from 'node:assert/strict';
import { test } from 'node:test';
import linux from '../../boards/linux.ts';
import { KillingSpree } from '../support/killing-spree.ts';
import { mortalBell, needed } from '../support/mortal-bell.ts';
import { versioned } from '../support/versioned.ts';

/** Times that the interpreter is killed, some five seconds each. */
const KILLS = Number(process.env['BELL_KILLS'] ?? 20);
/** The same seed chooses the same moments; what happens in them is up to the machine. */
const SEED = Number(process.env['BELL_SEED'] ?? Date.now() % 1_000_000);
/** What an update may end in. A bell that is killed three times on trial goes back. */
const ENDS = ['confirmed', 'rolled back'];
/** A bell that is killed too often starts from the other slot, or rests in safe mode, ms. */
const PATIENCE = 100_000;

test(`killed ${KILLS} times in updates, the interpreter always comes to run a whole image`, needed, async (context) => {
  context.diagnostic(`BELL_SEED=${SEED}`);
  const mortal = await mortalBell(context);
  const { bell, pusher } = mortal;
  const spree = new KillingSpree(mortal, SEED);
  const first = await bell.info();
  let runs = String(first['version']);
  let updates = 0;
  let undone = 0;

  const update = async (kills: number): Promise<string> => {
    const version = `2.0.${++updates}`;
    const image = versioned(linux, version);
    await pusher.publish(image);
    await pusher.order(image, { version });
    let said = pusher.statuses.length;
    for (let i = 0; i < kills; i++) {
      await spree.kill();
      said = pusher.statuses.length;
    }
    const end = await pusher.says(ENDS, PATIENCE, said);
    bell.forget();
    const info = await bell.info();
    if (end.state === 'confirmed') runs = version;
    assert.equal(info['version'], end.runs, JSON.stringify(end));
    assert.deepEqual(info['settings'], first['settings']);
    assert.equal(end.state === 'confirmed', info['version'] === version);
    return end.state;
  };

  while (spree.kills < KILLS) {
    if (await update(1 + spree.below(6)) === 'confirmed') continue;
    undone++;
    assert.equal(await update(0), 'confirmed', 'the update after one that was undone');
  }
  bell.sounded([]);
  const places = [...spree.at].map(([place, count]) => `${count} ${place}`).join(', ');
  context.diagnostic(`${spree.kills} kills: ${places}; ${updates} updates, ${undone} of them undone; runs ${runs}`);
});
