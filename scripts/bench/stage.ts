import { startBenchBroker } from './broker.ts';
import { BELL, type Firmware, type Wishes } from './firmware.ts';
import { acknowledgements, online, type Stage } from './scenarios.ts';
import { startSubject, type Subject } from './subject.ts';

/**
 * How often variables at rest are counted, and ms in between: no multiple of a second, and together more than ten short
 * seconds, after which a bell lets go of what was made for rare work, such as its `stats`.
 */
const COUNTS = 10;
const BETWEEN_COUNTS = 130;

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

/** How many rings a bell remembers. */
const REMEMBERED = 16;

/** Rings until the bell remembers as many as it ever will, so that what is measured holds for one that is in use. */
export async function fillMemory(stage: Stage): Promise<void> {
  await acknowledgements(stage, REMEMBERED, () => {
    for (let i = 0; i < REMEMBERED; i++) stage.broker.publish(`bell/${BELL}/ring`, `{"pattern":"10","id":"${i}"}`, 1);
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
