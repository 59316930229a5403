import { onInterpreters } from '../support/combinations.ts';
import { behaviour } from './behaviour.ts';
import { silence } from './silence.ts';

for (const combination of onInterpreters) {
  behaviour(combination);
  silence(combination);
}
