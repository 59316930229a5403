import { interpreterWithRabbitmq } from '../support/combinations.ts';
import { everything } from './everything.ts';

everything(interpreterWithRabbitmq);
