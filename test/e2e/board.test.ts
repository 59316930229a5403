import { onVirtualTime } from '../support/combinations.ts';
import { behaviour } from './behaviour.ts';
import { silence } from './silence.ts';

for (const combination of onVirtualTime) {
  behaviour(combination);
  silence(combination);
}
