import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { MqttClient } from 'mqtt';
import type { Board } from '../../boards/board.ts';
import { FAULTS } from '../../workshop/bad-images.ts';
import type { Pusher, PushOrder } from '../../workshop/pushes.ts';
import { bundleApart } from './build-apart.ts';
import { Failure } from './failure.ts';
import { version } from './paths.ts';
import { Book, ROLLOUT_FILE } from './update/book.ts';
import { carryOut } from './update/carry-out.ts';
import { Chunks } from './update/chunks.ts';
import { readKeys, writeKeys } from './update/keys.ts';
import { buildImage, type Request } from './update/request.ts';
import { hasFailed } from './update/rollout.ts';
import { startRollout } from './update/start.ts';
import { sentenceOf } from './update/words.ts';
import type { KeysFile } from './workshop-keys.ts';
import { nextVersion } from './workshop-version.ts';

/** The workshop's devices keep the default. */
const PREFIX = 'bell';
/** It shows in the wire list like any other client. */
const CLIENT_ID = 'bell-update';
/** How long to wait for the roll call, ms: everybody lives on this machine. */
const ROLL_CALL = 2000;
/** Seconds after which a device that says nothing counts as silent. */
const PATIENCE = 180;

const LEFT = 'It is followed no longer. What was published goes on by itself; the cards show how.';

/** Makes the bundle of a board under a version. */
export type Bundle = (board: Board, version: string, signal: AbortSignal) => Promise<string>;

type Result = Awaited<ReturnType<Pusher['push']>>;

/**
 * What pushes images for the workshop's page: `bell update` without its command line. Its roll-outs are remembered for
 * as long as the workshop's broker lives, and apart from those of real bells.
 */
export function createPusher(keysFile: KeysFile, bundle: Bundle = bundleApart): Pusher {
  const folder = mkdtempSync(join(tmpdir(), 'bell-workshop-'));
  const made = [version()];

  const requestOf = ({ name, kind, version: its }: PushOrder, signal: AbortSignal): Request => ({
    name,
    wish: { do: 'run', force: false, version: its },
    // A class wants to see them all at once; when to stop is for those who have something to lose.
    stages: '100%',
    limit: { percent: 100 },
    waitMs: ROLL_CALL,
    make: async (board) => {
      const code = await bundle(board, its, signal);
      return buildImage(board, kind === 'good' ? code : FAULTS[kind].spoil(code), its);
    },
  });

  const rollOut = async (
    order: PushOrder, client: MqttClient, tell: (text: string) => void, signal: AbortSignal,
  ): Promise<Result> => {
    const keys = readKeys(keysFile);
    const saveKeys = (): void => writeKeys(keysFile.path, keys);
    const book = Book.open(join(folder, ROLLOUT_FILE));
    const desk = { client, prefix: PREFIX, book, keys, signal };
    const images = await startRollout(requestOf(order, signal), desk);
    if (images) {
      const progress = { at: (_share: number, text: string) => tell(text), done: () => undefined };
      const chunks = new Chunks(client, PREFIX, signal);
      await carryOut({
        ...desk, chunks, place: 'workshop', images, saveKeys, progress, patience: PATIENCE, isDrawn: true, note: tell,
      });
    }
    return signal.aborted ? { good: true, sentences: [LEFT] } : resultOf(book);
  };

  return {
    nextVersion: (running) => nextVersion([...made, ...running], version()),
    push: async (order, dial, tell, signal) => {
      made.push(order.version);
      let client: MqttClient | undefined;
      try {
        client = await connect(dial);
        return await rollOut(order, client, tell, signal);
      } catch (error) {
        return { good: false, sentences: [error instanceof Failure ? error.sentence : (error as Error).message] };
      } finally {
        await client?.endAsync(true);
      }
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function connect(dial: () => Duplex): Promise<MqttClient> {
  const client = new MqttClient(dial, { clientId: CLIENT_ID, protocolVersion: 4, keepalive: 0, reconnectPeriod: 0 });
  client.on('error', () => undefined);
  await new Promise<void>((done) => client.once('connect', () => done()));
  return client;
}

/** What came of a roll-out. */
function resultOf({ rollout, skipped }: Book): Result {
  const targets = rollout?.targets ?? [];
  return {
    good: !targets.some(hasFailed) && skipped.every(({ isFine }) => isFine),
    sentences: [
      ...targets.map((target) => sentenceOf(rollout!, target)),
      ...skipped.map(({ id, why }) => `${id} takes no part: ${why}.`),
    ],
  };
}
