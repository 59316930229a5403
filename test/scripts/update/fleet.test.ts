import { test } from 'node:test';
import { optional } from '../../support/optional.ts';
import { proveFleet } from './prove-fleet.ts';

const { path, skip } = optional('mosquitto');

test('40 simulated bells in three stages, and Mosquitto is killed in the third', { skip }, async (context) => {
  await proveFleet(context, { bells: 40, mosquitto: path!, isKilled: true, isSettled: false, speed: 5 });
});
