import { describe } from 'node:test';
import type { Hardware } from '../support/bell.ts';
import type { Combination } from '../support/stage.ts';
import { behaviour } from './behaviour.ts';
import { hostile } from './hostile.ts';
import { outage, restart } from './outage.ts';
import { silence } from './silence.ts';

/** Every suite on one combination. */
export function everything<H extends Hardware>(combination: Combination<H>): void {
  describe(combination.name, { concurrency: combination.together >= 8 }, () => {
    behaviour(combination);
    silence(combination);
    outage(combination);
    hostile(combination);
  });
  restart(combination);
}
