import { interpreterWithMosquitto } from '../support/combinations.ts';
import { everything } from './everything.ts';

everything(interpreterWithMosquitto);
