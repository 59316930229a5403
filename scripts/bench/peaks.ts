import { ballast, checkBallast, takeBallast } from './ballast.ts';
import type { Firmware } from './firmware.ts';
import { costOf, type Layout } from './layout.ts';
import type { Scenario, Stage } from './scenarios.ts';
import { findNeed } from './search.ts';
import { pass, stageShim } from './seconds.ts';
import { closeStage, fillMemory, openStage } from './stage.ts';
import { OutOfMemory } from './subject.ts';

/** Seconds after which the loader has let go of its variables. */
const LOADER_GONE = 65;
/** Seconds after which the bell has forgotten earlier failures and has said everything. */
const CALM = 32;
const LONG_PASSWORD = { password: 'p'.repeat(1024) };

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

/** Finds how many variables an interpreter must have for a scenario, near a guess. `Infinity`: more than `most`. */
export interface PeakFinder {
  /** So many variables can be tried: what measures takes the rest. */
  readonly most: number;
  need(scenario: Scenario, guess: number): Promise<number>;
  /** The need of everything from power-up until the bell is online. */
  needOfStart(longPassword: boolean, guess: number): Promise<number>;
  stop(): Promise<void>;
}

/**
 * Peaks are not sampled but tried: a string takes so many variables that only a certain number is left, and whatever
 * happens next either runs out of memory or not. Garbage counts for nothing so, because the interpreter collects it
 * before it gives up.
 */
export async function createPeakFinder(options: PeakOptions): Promise<PeakFinder> {
  const { bin, layout, firmware, standIn } = options;
  const shim = standIn + stageShim;
  const own = layout.asking + (await costOf(bin, shim));
  let stage: Stage | undefined;
  let password = false;

  const drop = async (): Promise<void> => {
    if (stage) await closeStage(stage);
    stage = undefined;
  };

  /** A bell that is connected, calm, and has no ballast. One that has borne everything so far goes on. */
  const readyStage = async (longPassword: boolean): Promise<Stage> => {
    if (password !== longPassword) await drop();
    password = longPassword;
    if (stage) {
      await takeBallast(stage.bell, 0);
      await pass(stage, CALM);
      return stage;
    }
    stage = await openStage(bin, firmware, longPassword ? LONG_PASSWORD : {}, shim);
    await fillMemory(stage);
    await pass(stage, LOADER_GONE);
    return stage;
  };

  const fits = (scenario: Scenario, room: number): Promise<boolean> => twice(async () => {
    const ready = await readyStage(scenario.longPassword ?? false);
    try {
      await takeBallast(ready.bell, layout.total - room - own);
      await scenario.act(ready);
      // What was written on the console before the answer has been read by then.
      await ready.bell.usage();
    } catch (error) {
      await drop();
      throw error;
    }
  });

  const startFits = (longPassword: boolean, room: number): Promise<boolean> => twice(async () => {
    const taken = layout.total - room - own;
    const started = await openStage(bin, firmware, longPassword ? LONG_PASSWORD : {}, shim + ballast(taken));
    try {
      await checkBallast(started.bell, taken);
    } finally {
      await closeStage(started);
    }
  });

  const range = { limit: LIMIT, most: layout.total - own, step: options.step };
  return {
    most: range.most,
    async need(scenario, guess) {
      const { bell } = await readyStage(scenario.longPassword ?? false);
      // What asks takes its part of the room, too.
      const tooLittle = (await bell.usage()) - own;
      return findNeed({ ...range, tooLittle, guess }, (room) => fits(scenario, room));
    },
    async needOfStart(longPassword, guess) {
      await drop();
      return findNeed({ ...range, tooLittle: layout.alone, guess }, (room) => startFits(longPassword, room));
    },
    stop: drop,
  };
}

/** Whether a trial went well, or ran out of memory. One that ends otherwise is repeated once before it is a failure. */
async function twice(trial: () => Promise<void>): Promise<boolean> {
  try {
    return await went(trial);
  } catch {
    return went(trial);
  }
}

/** Whether a trial went well, or ran out of memory. */
export async function went(trial: () => Promise<void>): Promise<boolean> {
  try {
    await trial();
    return true;
  } catch (error) {
    if (error instanceof OutOfMemory) return false;
    throw error;
  }
}
