import linux from '../../boards/linux.ts';
import type { Context } from './context.ts';
import { BELL, makeFirmware } from './firmware.ts';
import { costOf } from './layout.ts';
import { acknowledgements, expect, type Stage } from './scenarios.ts';
import { fasterSeconds } from './shims.ts';
import { closeStage, openStage } from './stage.ts';
import type { Subject } from './subject.ts';
import type { Section } from './table.ts';

/** The firmware's second while this is measured, ms. */
const SECOND = 10;
/** Messages that may be on their way at once. */
const WINDOW = 4;
/** Every so many messages the bell is asked for its info, which is much longer than the rest. */
const WHO_EVERY = 500;
const STOP_EVERY = 7;

/** Idle before and after a lot of messages, and after a lot of reconnections. */
export async function growthSection(context: Context): Promise<Section> {
  // Side by side, each with an interpreter and a broker of its own: either takes the better part of an hour.
  const [messages, cuts] = await Promise.all([
    afterMessages(context, context.messages),
    afterCuts(context, Math.ceil(context.messages / 100)),
  ]);
  return {
    id: 'growth',
    title: 'Growth',
    notes: [
      'The linux bundle. One of each message and three reconnections come first, because a counter is made when it is '
      + `first needed. For the reconnections, a program of ours makes a second of the firmware ${SECOND} ms long, or `
      + 'they would take an hour; what it takes is subtracted.',
      `A message took ${messages.each.toFixed(2)} ms of the interpreter’s time and our broker’s together.`,
    ],
    tables: [{
      title: 'Variables in use when idle',
      head: ['after', 'before', 'after it', 'growth', 'allowed'],
      rows: [messages, cuts].map(({ what, before, after }) => [what, before, after, after - before, 0]),
    }],
  };
}

interface Growth {
  readonly what: string;
  readonly before: number;
  readonly after: number;
  /** Time of one, ms. */
  readonly each: number;
}

function afterMessages(context: Context, count: number): Promise<Growth> {
  const { progress } = context;
  return grown(context, '', `${count.toLocaleString('en-GB')} messages`, count, (stage) => {
    return sendMany(stage, count, (sent) => progress.at(0.65 + (0.1 * sent) / count, `message ${sent}`));
  });
}

function afterCuts(context: Context, count: number): Promise<Growth> {
  const what = `${count.toLocaleString('en-GB')} reconnections`;
  return grown(context, fasterSeconds(SECOND), what, count, async (stage) => {
    for (let i = 0; i < count; i++) {
      context.progress.at(0.75 + (0.1 * i) / count, `reconnection ${i}`);
      await reconnectOnce(stage);
    }
  });
}

async function grown(
  { bin, layout }: Context, shim: string, what: string, count: number, act: (stage: Stage) => Promise<void>,
): Promise<Growth> {
  const firmware = await makeFirmware(linux);
  const own = layout.asking + (await costOf(bin, shim));
  const stage = await openStage(bin, firmware, {}, shim);
  try {
    // The loader lets go of its variables after a minute.
    await rest(shim ? 100 * SECOND : 65_000);
    await sendMany(stage, 50);
    for (let i = 0; i < 3; i++) await reconnectOnce(stage);
    const before = (await idle(stage.bell)) - own;
    const began = performance.now();
    await act(stage);
    const each = (performance.now() - began) / count;
    return { what, before, after: (await idle(stage.bell)) - own, each };
  } finally {
    await closeStage(stage);
  }
}

/** The least of several counts: the firmware may be in the middle of something. */
async function idle(bell: Subject): Promise<number> {
  let least = Infinity;
  await rest(3000);
  for (let i = 0; i < 10; i++) {
    await rest(70);
    least = Math.min(least, await bell.usage());
  }
  return least;
}

function rest(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

async function reconnectOnce(stage: Stage): Promise<void> {
  const back = expect(stage, 'status', (text) => text === 'online');
  stage.broker.cut();
  await back;
}

/** One ring of each sort in turn; the next goes out when the bell has acknowledged an earlier one. */
async function sendMany(
  stage: Stage, count: number, report: (sent: number) => void = () => undefined,
): Promise<void> {
  let sent = 0;
  const next = (): void => {
    if (sent >= count) return;
    const [verb, payload] = message(sent++);
    // All with QoS 1: Aedes takes a message for a copy that one of QoS 0 has overtaken, and drops it.
    stage.broker.publish(`bell/${BELL}/${verb}`, payload, 1);
    if (sent % 1000 === 0) report(sent);
  };
  const stop = stage.broker.acknowledged(next);
  try {
    await acknowledgements(stage, count, () => {
      for (let i = 0; i < WINDOW; i++) next();
    });
  } finally {
    stop();
  }
}

function message(index: number): readonly [verb: string, payload: string] {
  if (index % WHO_EVERY === WHO_EVERY - 1) return ['who', ''];
  if (index % STOP_EVERY === STOP_EVERY - 1) return ['stop', ''];
  return ['ring', ['10', 'door', `{"pattern":"10","id":"m${index}"}`, 'nonsense', '{"id":"the same"}'][index % 5]!];
}
