import { mosquitto } from '../support/brokers.ts';
import { optional } from '../support/optional.ts';
import { behaviour } from './behaviour.ts';

const program = optional('mosquitto');

behaviour('Mosquitto', () => mosquitto(program.path ?? ''), program.skip);
