import { startBenchBroker } from './broker.ts';
import type { Firmware, Wishes } from './firmware.ts';
import type { Layout } from './layout.ts';
import { costOf } from './layout.ts';
import { online, type Scenario } from './scenarios.ts';
import { ballast, fasterSeconds } from './shims.ts';
import { NO_ANSWER, startSubject, type Subject } from './subject.ts';

/** The firmware's second while this is measured, ms. */
const SECOND = 100;
const NO_MEMORY = 'out of memory';
const LONG_PASSWORD = 'p'.repeat(1024);

/** The most variables that may ever be in use. */
export const LIMIT = 1100;

export interface PeakOptions {
  readonly bin: string;
  readonly layout: Layout;
  readonly firmware: Firmware;
  /** A program that stands in for what this interpreter lacks. */
  readonly standIn: string;
  /** How exactly, variables. */
  readonly step: number;
}

/** Finds how many variables an interpreter must have for a scenario. */
export interface PeakFinder {
  /** Variables in use when a scenario begins. */
  idle(): number;
  /** The need of a scenario, rounded up to the step; `Infinity` when all that there are is not enough. */
  need(scenario: Scenario): Promise<number>;
  /** The need of everything from power-up until the bell is online. */
  needOfStart(longPassword: boolean): Promise<number>;
  stop(): Promise<void>;
}

/**
 * Peaks are not sampled but tried: a string takes so many variables that only a certain number is
 * left, and whatever happens next either runs out of memory or not. Garbage counts for nothing so,
 * because the interpreter collects it before it gives up.
 */
export async function createPeakFinder(options: PeakOptions): Promise<PeakFinder> {
  const { bin, layout, firmware, standIn } = options;
  const shim = standIn + fasterSeconds(SECOND);
  const own = await costOf(bin, shim);
  let subject: Subject | undefined;
  let broker = await startBenchBroker();
  let password = false;
  let idle = 0;

  const start = async (longPassword: boolean, first: string): Promise<Subject> => {
    // A new one each time: the stored session of the last may be full of what that bell did not bear.
    await broker.stop();
    broker = await startBenchBroker();
    const started = startSubject({ bin, storage: firmware.storage(wishesOf(broker.port, longPassword), shim + first) });
    try {
      await orFailure(online(broker), started);
    } catch (error) {
      await started.stop();
      throw error;
    }
    return started;
  };

  const ready = async (longPassword: boolean): Promise<Subject> => {
    if (subject && !subject.failed() && password === longPassword) return subject;
    await subject?.stop();
    password = longPassword;
    subject = await start(longPassword, '');
    return released(subject);
  };

  /** Whether a scenario gets by with so many variables. */
  const fits = async (scenario: Scenario, room: number): Promise<boolean> => {
    const bell = await ready(scenario.longPassword ?? false);
    try {
      await leave(bell, layout.total - room - own);
      await orFailure(scenario.act(broker), bell);
      await bell.usage();
    } catch (error) {
      // One that is short of memory collects garbage for each variable, and may take minutes for an answer.
      const isMemory = bell.failed() || (error as Error).message === NO_ANSWER;
      await drop();
      if (!isMemory) throw error;
      return false;
    }
    return bell.failed() ? drop() : true;
  };

  const drop = async (): Promise<false> => {
    await subject?.stop();
    subject = undefined;
    return false;
  };

  const startFits = async (longPassword: boolean, room: number): Promise<boolean> => {
    await drop();
    try {
      const bell = await start(longPassword, ballast(layout.total - room - own));
      await bell.stop();
      return true;
    } catch (error) {
      if ((error as Error).message === NO_MEMORY) return false;
      throw error;
    }
  };

  return {
    idle: () => idle,
    async need(scenario) {
      const bell = await ready(scenario.longPassword ?? false);
      idle = (await leave(bell, 0)) - layout.asking - own;
      return search(idle, layout.total - own, options.step, (room) => fits(scenario, room));
    },
    needOfStart: (long) => search(layout.alone, layout.total - own, options.step, (room) => startFits(long, room)),
    async stop() {
      await drop();
      await broker.stop();
    },
  };
}

function wishesOf(port: number, longPassword: boolean): Wishes {
  return longPassword ? { port, password: LONG_PASSWORD } : { port };
}

/** Rejects as soon as the bell has run out of memory, instead of waiting for what will not come. */
async function orFailure(work: Promise<unknown>, bell: Subject): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const failure = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      if (bell.failed()) reject(new Error(NO_MEMORY));
    }, 20);
  });
  work.catch(() => undefined);
  try {
    await Promise.race([work, failure]);
    if (bell.failed()) throw new Error(NO_MEMORY);
  } finally {
    clearInterval(timer);
  }
}

/** Waits until the loader is gone, which it is after a minute of the bell's. */
async function released(bell: Subject): Promise<Subject> {
  await new Promise((done) => setTimeout(done, 65 * SECOND));
  await bell.usage();
  return bell;
}

/** Takes so many variables, instead of those that were taken before. Gives what is in use then. */
async function leave(bell: Subject, taken: number): Promise<number> {
  bell.type('global.FULL="";');
  await bell.usage();
  if (taken > 0) bell.type(ballast(taken));
  return bell.usage();
}

/** The smallest room, to a step, in which something fits; `Infinity` when it does not fit at all. */
async function search(
  tooLittle: number, most: number, step: number, fits: (room: number) => Promise<boolean>,
): Promise<number> {
  let low = tooLittle;
  let high = LIMIT;
  if (!(await fits(high))) {
    low = high;
    high = most;
    if (!(await fits(high))) return Infinity;
  }
  while (high - low > step) {
    const middle = Math.round((low + high) / 2);
    if (await fits(middle)) high = middle;
    else low = middle;
  }
  return high;
}
