import { onInterpreters } from '../support/combinations.ts';
import { behaviour } from './behaviour.ts';
import { hostile } from './hostile.ts';
import { outage, restart } from './outage.ts';
import { silence } from './silence.ts';

for (const combination of onInterpreters) {
  behaviour(combination);
  silence(combination);
  outage(combination);
  restart(combination);
  hostile(combination);
}
