import { interpreterWithAedes } from '../support/combinations.ts';
import { everything } from './everything.ts';

everything(interpreterWithAedes);
