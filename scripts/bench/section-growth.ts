import linux from '../../boards/linux.ts';
import { startBenchBroker, type BenchBroker } from './broker.ts';
import type { Context } from './context.ts';
import { BELL, makeFirmware } from './firmware.ts';
import { costOf } from './layout.ts';
import { expect, online } from './scenarios.ts';
import { fasterSeconds } from './shims.ts';
import { startSubject, type Subject } from './subject.ts';
import type { Section } from './table.ts';

/** The firmware's second while this is measured, ms. */
const SECOND = 10;
/** Messages that may be on their way at once. */
const WINDOW = 4;
/** Every so many messages the bell is asked for its info, which is much longer than the rest. */
const WHO_EVERY = 500;
const STOP_EVERY = 7;

/** Idle before and after a lot of messages, and after a lot of reconnections. */
export async function growthSection({ bin, layout, quick, progress }: Context): Promise<Section> {
  const messages = quick ? 2000 : 100_000;
  const cuts = quick ? 20 : 1000;
  const broker = await startBenchBroker();
  const firmware = await makeFirmware(linux);
  const shim = fasterSeconds(SECOND);
  const own = layout.asking + (await costOf(bin, shim));
  const bell = startSubject({ bin, storage: firmware.storage({ port: broker.port }, shim) });
  try {
    await online(broker);
    await sendMany(broker, 200);
    for (let i = 0; i < 3; i++) await reconnectOnce(broker);
    await rest(100);
    const before = (await idle(bell)) - own;
    const began = performance.now();
    await sendMany(broker, messages, (sent) => progress.at(0.65 + (0.1 * sent) / messages, `message ${sent}`));
    const spent = performance.now() - began;
    const between = (await idle(bell)) - own;
    for (let i = 0; i < cuts; i++) {
      progress.at(0.75 + (0.1 * i) / cuts, `reconnection ${i}`);
      await reconnectOnce(broker);
    }
    const after = (await idle(bell)) - own;
    return {
      id: 'growth',
      title: 'Growth',
      notes: [
        `The linux bundle. A second of the firmware was made ${SECOND} ms long by a program that runs before it, `
        + 'so that 1,000 reconnections fit into minutes; what that program takes is subtracted. '
        + 'One of each message and three reconnections come first, because a counter is made when it is first needed.',
        `The messages took ${(spent / messages).toFixed(2)} ms each, the answer and our broker included.`,
      ],
      tables: [{
        title: 'Variables in use when idle',
        head: ['after', 'variables', 'growth', 'allowed'],
        rows: [
          ['the first messages', before, '', ''],
          [`${messages.toLocaleString('en-GB')} messages`, between, between - before, 0],
          [`${cuts.toLocaleString('en-GB')} reconnections more`, after, after - before, 0],
        ],
      }],
    };
  } finally {
    await bell.stop();
    await broker.stop();
  }
}

/** The least of several counts: the firmware may be in the middle of something. */
async function idle(bell: Subject): Promise<number> {
  let least = Infinity;
  await rest(120);
  for (let i = 0; i < 10; i++) {
    await rest(7);
    least = Math.min(least, await bell.usage());
  }
  return least;
}

/** So many firmware seconds. */
function rest(count: number): Promise<void> {
  return new Promise((done) => setTimeout(done, count * SECOND));
}

async function reconnectOnce(broker: BenchBroker): Promise<void> {
  const back = expect(broker, 'status', (text) => text === 'online');
  broker.cut();
  await back;
}

/** One ring of each sort in turn; the next goes out when the bell has acknowledged an earlier one. */
async function sendMany(
  broker: BenchBroker, count: number, report: (sent: number) => void = () => undefined,
): Promise<void> {
  let sent = 0;
  let done = 0;
  await new Promise<void>((resolve, reject) => {
    let watchdog: NodeJS.Timeout | undefined;
    const feed = (): void => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => finish(() => reject(new Error(`the bell stopped after ${done} messages`))), 15_000);
    };
    const next = (): void => {
      if (sent >= count) return;
      broker.publish(`bell/${BELL}/ring`, sort(sent++), 1);
      if (sent % 1000 === 0) report(sent);
      // Nobody acknowledges these two, so they come on top.
      if (sent % STOP_EVERY === 0) broker.publish(`bell/${BELL}/stop`, '', 0);
      if (sent % WHO_EVERY === 0) broker.publish(`bell/${BELL}/who`, '', 0);
    };
    const stop = broker.acknowledged(() => {
      feed();
      if (++done >= count) finish(resolve);
      else next();
    });
    const finish = (settle: () => void): void => {
      clearTimeout(watchdog);
      stop();
      settle();
    };
    feed();
    for (let i = 0; i < WINDOW; i++) next();
  });
}

function sort(index: number): string {
  return ['10', 'door', `{"pattern":"10","id":"m${index}"}`, 'nonsense', '{"id":"the same"}'][index % 5]!;
}
