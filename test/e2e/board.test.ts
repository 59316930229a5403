import { onVirtualTime } from '../support/combinations.ts';
import { behaviour } from './behaviour.ts';
import { hostile } from './hostile.ts';
import { outage, restart } from './outage.ts';
import { silence } from './silence.ts';

for (const combination of onVirtualTime) {
  behaviour(combination);
  silence(combination);
  outage(combination);
  restart(combination);
  hostile(combination);
}
