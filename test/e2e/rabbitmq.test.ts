import { withRabbitmq } from '../support/combinations.ts';
import { everything } from './everything.ts';

everything(withRabbitmq);
