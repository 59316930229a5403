import { withMosquitto } from '../support/combinations.ts';
import { everything } from './everything.ts';

everything(withMosquitto);
