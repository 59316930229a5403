import { onVirtualTime } from '../support/combinations.ts';
import { everything } from './everything.ts';

onVirtualTime.forEach(everything);
