import { test } from 'node:test';
import d1Mini from '../../boards/d1-mini.ts';
import { lives } from './lives.ts';

/** A clock of 32 bits that counts milliseconds begins anew after 49.7 of them. */
const DAYS = 51;

test(`d1-mini: lives for ${DAYS} days with a broker that restarts now and then`, (context) =>
  lives(context, d1Mini, DAYS));
