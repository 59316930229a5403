import { join } from 'node:path';
import { withPassword } from '../lib/ask-password.ts';
import { brokerOptions, findBroker, type BrokerAddress } from '../lib/broker-address.ts';
import { isSet, textOf, type Command, type Io, type Values } from '../lib/command.ts';
import { Failure } from '../lib/failure.ts';
import { connectHost } from '../lib/mqtt-host.ts';
import { createProgress } from '../lib/progress.ts';
import { toNumber } from '../lib/ring-request.ts';
import { Book, ROLLOUT_FILE } from '../lib/update/book.ts';
import { carryOut } from '../lib/update/carry-out.ts';
import { Chunks } from '../lib/update/chunks.ts';
import { readImage, type PushedImage } from '../lib/update/image-file.ts';
import { keysFile, keysOption, readKeys, writeKeys } from '../lib/update/keys.ts';
import { report } from '../lib/update/report.ts';
import { readRequest, type Request } from '../lib/update/request.ts';
import { pause } from '../lib/update/roll-call.ts';
import { revive } from '../lib/update/rollout.ts';
import type { Desk } from '../lib/update/runner.ts';
import { followReports, subscribeReports } from '../lib/update/status-topics.ts';
import { STAGES } from '../lib/update/stages.ts';
import { startRollout } from '../lib/update/start.ts';

/** Pause between two attempts to reach a broker that has gone, ms. */
const AGAIN = 2000;
/** How long to wait for what the broker has kept, ms. */
const STATUS_TIME = 1000;

export const command: Command = {
  name: 'update',
  summary: 'Puts the firmware onto bells through the broker, in stages, and says what became of each',
  usage: '<name> [options]   or   bell update --resume | --status',
  options: {
    stages: { type: 'string', value: 'N,N%…', help: `how far each stage goes, counted from the first (${STAGES})` },
    'max-failures': { type: 'string', value: 'N|N%', help: 'stops when more of those that were begun fail (2%)' },
    resume: { type: 'boolean', help: 'goes on with the last roll-out, and tries once more where it failed' },
    status: { type: 'boolean', help: 'shows how the last roll-out stands' },
    rollback: { type: 'boolean', help: 'sends back to the image in the other slot' },
    'new-key': { type: 'boolean', help: 'changes the key without a cable' },
    force: { type: 'boolean', help: 'also where the same or a newer version runs' },
    image: { type: 'string', value: 'FILE', help: 'this image, instead of building one' },
    ...keysOption,
    wait: { type: 'string', value: 'S', help: 'how long to wait for the roll call (5)' },
    patience: { type: 'string', value: 'S', help: 'a bell that says nothing for so long has fallen silent (180)' },
    ...brokerOptions,
    json: { type: 'boolean', help: 'one JSON object a bell, and one for the roll-out' },
  },
  examples: [
    'bell update front', 'bell update all --stages 1,10%,100% --max-failures 2%', 'bell update --resume',
    'bell update front --rollback',
  ],
  async run(values, [name, ...rest], io) {
    const path = join(io.cwd, ROLLOUT_FILE);
    if (isSet(values, 'status') && name === undefined) return status(Book.look(path), values, io);
    checkWords(name, rest, values);
    const request = name === undefined ? undefined : readRequest(name, values, io);
    const patience = toNumber('patience', textOf(values, 'patience') ?? '180');
    const address = await withPassword(findBroker(values, io), io);
    const file = keysFile(values, io);
    const keys = readKeys(file);
    const book = Book.open(path);
    const saveKeys = (): void => writeKeys(file.path, keys);
    return connected(address, async (desk) => {
      const images = request ? await start(request, { ...desk, book, keys }, io) : resume(book);
      if (!images) return report(book, values, io);
      await work({ ...desk, book, keys, saveKeys, images, patience }, io);
      return report(book, values, io);
    }, io);
  },
};

function checkWords(name: string | undefined, rest: string[], values: Values): void {
  const isResumed = isSet(values, 'resume') || isSet(values, 'status');
  if (rest.length || (name && isResumed)) throw new Failure('There are too many words', 'See bell update --help.');
  if (!name && !isResumed) throw new Failure('Say which bell to update', 'For example: bell update front.');
  if (name && /[/+#\0]/.test(name)) throw new Failure(`"${name}" is no name`, 'Names have no slash, + or #.');
  if (isSet(values, 'rollback') && isSet(values, 'new-key')) {
    throw new Failure('--rollback and --new-key are two things', 'Do one after the other.');
  }
}

/** How a roll-out stands: as it was booked, and as its bells have reported since. */
async function status(book: Book, values: Values, io: Io): Promise<number> {
  const { rollout } = book;
  if (!rollout || rollout.targets.every(({ standing }) => standing === 'done')) return report(book, values, io);
  const { prefix, ...address } = findBroker(values, io);
  try {
    const client = await connectHost({ ...address, prefix });
    const deaf = followReports(client, prefix, rollout, () => undefined);
    await subscribeReports(client, prefix, rollout);
    await pause(STATUS_TIME, io.signal);
    deaf();
    await client.endAsync(true);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    io.err.write(`${error.message}; this is what was known before.\n`);
  }
  return report(book, values, io);
}

type Connection = Pick<Desk, 'client' | 'chunks' | 'prefix' | 'place' | 'signal'>;

async function connected(
  address: BrokerAddress, use: (desk: Connection) => Promise<number>, io: Io,
): Promise<number> {
  const { prefix, url } = address;
  const client = await connectHost(address, AGAIN);
  const chunks = new Chunks(client, prefix, io.signal);
  try {
    return await use({ client, chunks, prefix, place: `${url} ${prefix}`, signal: io.signal });
  } finally {
    await client.endAsync(true);
  }
}

async function start(
  request: Request, desk: Parameters<typeof startRollout>[1], io: Io,
): Promise<Map<string, PushedImage> | undefined> {
  io.err.write('Calling the roll…\n');
  return startRollout(request, desk);
}

/** The images of a roll-out that goes on; undefined when there is nothing to do. */
function resume(book: Book): Map<string, PushedImage> | undefined {
  if (!book.rollout) throw new Failure('There is no roll-out to go on with', 'Begin one with bell update <name>.');
  if (!revive(book.rollout, Date.now())) return undefined;
  book.work(true);
  return new Map([...book.images()].map(([board, bytes]) => [board, readImage(bytes, ROLLOUT_FILE)]));
}

async function work(desk: Omit<Desk, 'progress' | 'isDrawn' | 'note'>, io: Io): Promise<void> {
  const progress = createProgress(io);
  const note = (text: string) => void io.err.write(`${text}\n`);
  await carryOut({ ...desk, progress, isDrawn: io.err.isTTY === true, note });
  if (desk.signal.aborted) {
    throw new Failure('Interrupted', 'What was published goes on by itself: bell update --resume follows it.');
  }
}
