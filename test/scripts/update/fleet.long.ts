import { test } from 'node:test';
import { optional } from '../../support/optional.ts';
import { proveFleet } from './prove-fleet.ts';

const { path, skip } = optional('mosquitto');

test('500 simulated bells in real time, and Mosquitto is killed in the third stage', { skip }, async (context) => {
  await proveFleet(context, { bells: 500, mosquitto: path!, isKilled: true, isSettled: false });
});
