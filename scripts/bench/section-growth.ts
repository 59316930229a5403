import linux from '../../boards/linux.ts';
import type { Context } from './context.ts';
import { BELL, makeFirmware } from './firmware.ts';
import { costOf } from './layout.ts';
import { acknowledgements, expect, type Stage } from './scenarios.ts';
import { hurry, pass, stageShim } from './seconds.ts';
import { closeStage, leastUsage, openStage } from './stage.ts';
import type { Cell, Section } from './table.ts';

/**
 * What comes first: enough messages to fill every list that forgets, and enough of everything to bring the seconds
 * since the start, and the ids of timers and packets, past 1,023: from there on the interpreter does not keep a number
 * within its name.
 */
const FIRST_SECONDS = 1_100;
const FIRST_MESSAGES = 3_000;
const FIRST_CUTS = 3;
/** Seconds after which a coil is cold: warmth is a variable. */
const CALM = 65;
/** Messages that may be on their way at once. */
const WINDOW = 16;
/** After which shares of the whole the variables are counted. */
const SHARES = [0.01, 0.1, 1];
/** Every so many messages the bell is asked for its info, which is much longer than the rest, or told to be silent. */
const WHO_EVERY = 500;
const STOP_EVERY = 7;

/** Idle before, during and after a lot of messages, and a lot of reconnections. */
export async function growthSection(context: Context): Promise<Section> {
  const cuts = Math.ceil(context.messages / 100);
  // Side by side, each with an interpreter and a broker of its own.
  const rows = await Promise.all([
    grown(context, 'messages', context.messages, sendMany),
    grown(context, 'reconnections', cuts, reconnectMany),
  ]);
  return {
    id: 'growth',
    title: 'Growth',
    notes: [
      `The linux bundle. ${FIRST_SECONDS.toLocaleString('en-GB')} of its seconds and `
      + `${FIRST_MESSAGES.toLocaleString('en-GB')} messages come first: they fill every list that forgets, and from `
      + '1,024 on the seconds, and the ids of timers and packets, take a variable each. A program of ours makes a '
      + 'second of the firmware shorter; what it takes is subtracted.',
      'What grows goes on doing so from column to column; what was made late grows once.',
    ],
    tables: [{
      title: 'Variables in use when idle',
      head: ['after', 'before', ...SHARES.map((share) => `${share * 100} %`), 'growth', 'allowed', 'ms each'],
      rows,
    }],
  };
}

/** Does so many of something. */
type Act = (stage: Stage, count: number, first: number) => Promise<void>;

async function grown({ bin, layout, progress }: Context, what: string, count: number, act: Act): Promise<Cell[]> {
  const own = layout.asking + (await costOf(bin, stageShim));
  const stage = await openStage(bin, await makeFirmware(linux), {}, stageShim);
  const idle = async (): Promise<number> => {
    await pass(stage, CALM);
    return (await leastUsage(stage.bell)) - own;
  };
  try {
    await pass(stage, FIRST_SECONDS);
    await sendMany(stage, FIRST_MESSAGES, 0);
    await reconnectMany(stage, FIRST_CUTS);
    const figures = [await idle()];
    let done = 0;
    let spent = 0;
    for (const share of SHARES) {
      progress.at(0.65 + 0.2 * share, `${Math.round(count * share).toLocaleString('en-GB')} ${what}`);
      const more = Math.round(count * share) - done;
      const began = performance.now();
      await act(stage, more, FIRST_MESSAGES + done);
      spent += performance.now() - began;
      done += more;
      figures.push(await idle());
    }
    return [`${count.toLocaleString('en-GB')} ${what}`, ...figures, figures.at(-1)! - figures[0]!, 0, spent / count];
  } finally {
    await closeStage(stage);
  }
}

/** Most of the time goes into waiting for the next attempt. */
async function reconnectMany(stage: Stage, count: number): Promise<void> {
  await hurry(stage);
  for (let i = 0; i < count; i++) {
    const back = expect(stage, 'status', (text) => text === 'online');
    stage.broker.cut();
    await back;
  }
}

/** One ring of each sort in turn; the next goes out when the bell has acknowledged an earlier one. */
async function sendMany(stage: Stage, count: number, first: number): Promise<void> {
  let sent = 0;
  const next = (): void => {
    if (sent >= count) return;
    const [verb, payload] = message(first + sent++);
    // All with QoS 1: Aedes takes a message for a copy that one of QoS 0 has overtaken, and drops it.
    stage.broker.publish(`bell/${BELL}/${verb}`, payload, 1);
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
