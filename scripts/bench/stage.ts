import { startBenchBroker } from './broker.ts';
import { BELL, type Firmware, type Wishes } from './firmware.ts';
import { acknowledgements, online, type Stage } from './scenarios.ts';
import { startSubject, type Subject } from './subject.ts';

/** How often variables at rest are counted, and ms in between: no multiple of a second. */
const COUNTS = 10;
const BETWEEN_COUNTS = 70;

/** Starts a broker and a bell, and waits until the bell is online. `boot0` runs before the firmware. */
export async function openStage(
  bin: string, firmware: Firmware, wishes: Omit<Wishes, 'port'>, boot0: string,
): Promise<Stage> {
  // A broker for each bell: the stored session of another may be full of what that one did not bear.
  const broker = await startBenchBroker();
  const storage = (probe: string): Buffer => firmware.storage({ ...wishes, port: broker.port }, probe + boot0);
  const stage = { broker, board: firmware.board, bell: await startSubject({ bin, storage }) };
  try {
    await online(stage);
    return stage;
  } catch (error) {
    await closeStage(stage);
    throw error;
  }
}

/** Ends both. */
export async function closeStage({ bell, broker }: Stage): Promise<void> {
  await bell.stop();
  await broker.stop();
}

const commonMessages: readonly (readonly [verb: string, payload: string])[] = [
  ['ring', '10'], ['ring', '10'], ['ring', 'nonsense'], ['ring', '{"id":"common"}'], ['ring', '{"id":"common"}'],
  ['ring', '500'], ['stop', ''], ['who', ''],
];

/** Brings about what happens to every bell, so that a counter that is made when it is first needed is there. */
export async function makeCounters(stage: Stage): Promise<void> {
  await acknowledgements(stage, commonMessages.length, () => {
    for (const [verb, payload] of commonMessages) stage.broker.publish(`bell/${BELL}/${verb}`, payload, 1);
  });
}


/** The least of several counts: the firmware may be in the middle of something. */
export async function leastUsage(bell: Subject): Promise<number> {
  let least = Infinity;
  for (let i = 0; i < COUNTS; i++) {
    await new Promise((done) => setTimeout(done, BETWEEN_COUNTS));
    least = Math.min(least, await bell.usage());
  }
  return least;
}
