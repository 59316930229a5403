import { readFileSync } from 'node:fs';

/** From one look at the clock to the next, ms. No more counts at once: whoever looks may have come late itself. */
const TURN = 100;

/**
 * Time as a process has had it, ms since the first call: without that in which it was ready to run and had no core. So
 * a busy machine makes nobody impatient.
 */
export function createOwnClock(now: () => number, waited: () => number): () => number {
  let lastNow = now();
  let lastWaited = waited();
  let own = 0;
  return () => {
    const passed = now() - lastNow;
    const lost = waited() - lastWaited;
    lastNow += passed;
    lastWaited += lost;
    own += Math.max(0, Math.min(TURN, passed - lost));
    return own;
  };
}

/** How long a process has waited for a core since it began, ms. 0 where the system does not tell: all time counts. */
export function waitedForCore(pid: number | undefined): number {
  try {
    const [, waited] = readFileSync(`/proc/${pid}/schedstat`, 'latin1').split(' ');
    return Number(waited) / 1e6;
  } catch {
    return 0;
  }
}

/** Calls back once a process has had so much time, ms. Gives what ends that. */
export function afterOwnTime(pid: () => number | undefined, ms: number, callback: () => void): () => void {
  const clock = createOwnClock(() => performance.now(), () => waitedForCore(pid()));
  const timer = setInterval(() => {
    if (clock() < ms) return;
    clearInterval(timer);
    callback();
  }, TURN);
  return () => clearInterval(timer);
}
