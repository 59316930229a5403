import { rabbitmq } from '../support/brokers.ts';
import { optional } from '../support/optional.ts';
import { behaviour } from './behaviour.ts';

const program = optional('rabbitmq');

behaviour('RabbitMQ', () => rabbitmq(program.path ?? ''), program.skip);
