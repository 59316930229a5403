import type { Clock } from '../core/contracts.ts';

/** The interpreter's timers, which a change of the clock does not move on a chip. */
export const clock: Clock = { after: setTimeout, cancel: clearTimeout };
