import { fasterSeconds } from './shims.ts';
import type { Subject } from './subject.ts';

/** The firmware's second while something is measured, and while nothing but time has to pass, ms. */
const SECOND = 100;
const SHORT_SECOND = 10;

/** What stands before the firmware, so that its seconds are short. */
export const stageShim = fasterSeconds(SECOND);

/** Makes the bell's seconds as short as they may be, until some have been let pass. */
export async function hurry({ bell }: { readonly bell: Subject }): Promise<void> {
  await bell.ask(`SECOND=${SHORT_SECOND}`);
}

/** Lets so many seconds of the bell pass, fast. */
export async function pass({ bell }: { readonly bell: Subject }, seconds: number): Promise<void> {
  await hurry({ bell });
  const end = (await bell.ask('BEATS')) + seconds;
  while ((await bell.ask('BEATS')) < end) await new Promise((done) => setTimeout(done, 5 * SHORT_SECOND));
  await bell.ask(`SECOND=${SECOND}`);
}

