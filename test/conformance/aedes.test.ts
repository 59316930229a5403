import { aedesInMemory, aedesOverTcp } from '../support/brokers.ts';
import { behaviour } from './behaviour.ts';

behaviour('Aedes in memory', aedesInMemory);
behaviour('Aedes over TCP', aedesOverTcp);
