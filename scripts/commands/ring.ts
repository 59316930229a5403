import { NO_AT } from '../../firmware/core/bell/late.ts';
import { withPassword } from '../lib/ask-password.ts';
import { brokerOptions, findBroker, type BrokerAddress } from '../lib/broker-address.ts';
import { isSet, textOf, writeJson, type Command, type Io } from '../lib/command.ts';
import { Failure } from '../lib/failure.ts';
import { connectHost, subscribeHost } from '../lib/mqtt-host.ts';
import { Answers, type Heard } from '../lib/ring-answers.ts';
import { makeRequest, toNumber, type RingRequest } from '../lib/ring-request.ts';
import { outcomeInWords } from '../../workshop/outcome-words.ts';

export const command: Command = {
  name: 'ring',
  summary: 'Rings a bell, a group or all, and says what became of it',
  usage: '<name> [payload] [options]',
  options: {
    pattern: { type: 'string', value: 'MS,MS…', help: 'strokes and rests in ms, or the name of a pattern' },
    times: { type: 'string', value: 'N', help: 'how often the pattern is played' },
    gap: { type: 'string', value: 'MS', help: 'rest between two rounds' },
    id: { type: 'string', value: 'TEXT', help: 'name of this ring; the same one is never rung twice (random)' },
    ttl: { type: 'string', value: 'S', help: 'how old it may get before it is not rung any more' },
    at: { type: 'string', value: 'TIME', help: '"now", or the Unix time that it was meant for' },
    timeout: { type: 'string', value: 'S', help: 'how long to wait for answers when the ring has ended (5)' },
    ...brokerOptions,
    json: { type: 'boolean', help: 'one JSON object a bell' },
  },
  examples: [
    'bell ring front',
    'bell ring front --pattern 200,100,200 --times 2',
    'bell ring house --at now --ttl 5',
    'bell ring all \'{"pattern":"door","id":"order-17"}\' --json',
  ],
  async run(values, [name, payload = '', ...rest], io) {
    const target = checkName(name, rest);
    const request = makeRequest(payload, values, Math.floor(Date.now() / 1000));
    const timeoutMs = toNumber('timeout', textOf(values, 'timeout') ?? '5') * 1000 + request.lengthMs;
    const address = await withPassword(findBroker(values, io), io);
    const heard = await ring(target, request, address, timeoutMs, io);
    return report(heard, target, request, isSet(values, 'json'), io);
  },
};

/** Whoever has just come online cannot tell what waited for it from what is fresh: docs/rings.md says why. */
const STALE = 'It may have come online just now: ring again in a few seconds. Or look at both clocks.\n';

function checkName(name: string | undefined, rest: string[]): string {
  if (!name) throw new Failure('Say which bell to ring', 'For example: bell ring front.');
  if (rest.length) throw new Failure('There are too many words', 'A payload with spaces belongs in quotes.');
  if (/[/+#\0]/.test(name)) throw new Failure(`"${name}" is no name`, 'Names have no slash, + or #.');
  return name;
}

/** Sends the ring and waits for what becomes of it; undefined if it asks for silence, which nobody answers. */
async function ring(
  name: string, request: RingRequest, address: BrokerAddress, timeoutMs: number, io: Io,
): Promise<Heard | undefined> {
  const { prefix } = address;
  const client = await connectHost(address);
  try {
    const answers = new Answers(client, prefix, name, request.id);
    // Not `<name>/rang`: the name may be a group, and its bells answer under their own.
    await subscribeHost(client, [`${prefix}/+/rang`, `${prefix}/${name}/status`]);
    const sent = client.publishAsync(`${prefix}/${name}/ring`, request.payload, { qos: 1 }).catch(() => undefined);
    if (!request.stop) return await answers.wait(timeoutMs, io.signal);
    await Promise.race([sent, answers.wait(timeoutMs, io.signal)]);
    return undefined;
  } finally {
    await client.endAsync(true);
  }
}

function report(heard: Heard | undefined, name: string, { id }: RingRequest, json: boolean, io: Io): number {
  if (!heard) {
    if (json) writeJson(io, { name, id, outcome: 'silenced' });
    else io.out.write(`${name}: told to be silent.\n`);
    return 0;
  }
  for (const answer of heard.answers) {
    if (json) writeJson(io, answer);
    else io.out.write(`${answer.bell}: ${outcomeInWords(answer)}.\n`);
  }
  if (!json && heard.answers.some(({ reason }) => reason === NO_AT)) io.out.write('Say when: --at now.\n');
  if (!json && heard.answers.some(({ outcome }) => outcome === 'stale')) io.out.write(STALE);
  if (!heard.answers.length) throw unanswered(name, heard);
  return heard.answers.every(({ outcome }) => outcome === 'rung') ? 0 : 1;
}

function unanswered(name: string, { status, end }: Heard): Failure {
  if (end === 'interrupted') return new Failure('Interrupted before an answer came', 'The bell may sound.');
  if (end === 'lost') {
    return new Failure('The broker closed the connection', `Perhaps this user may not ring ${name}: ask who may.`);
  }
  if (status === 'offline') return new Failure(`${name} is offline`, 'Give it power and a network.');
  if (status) return new Failure(`${name} did not answer in time`, 'Look at it with bell watch.');
  return new Failure(`Nobody called "${name}" answered in time`, 'See who is there with bell watch.');
}
