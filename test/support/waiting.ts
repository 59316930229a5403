import type { VirtualTime } from '../../simulator/index.ts';

/** How a test waits for what its devices do. */
export interface Waiting {
  /** Resolves once `done` is true; rejects, with `what` in its message, when that takes too long. */
  until(what: string, done: () => boolean, limitMs?: number): Promise<void>;
  /** Something has happened: whoever waits looks again. */
  look(): void;
}

/** Waiting that lets the time of simulated boards pass. */
export function waitingIn(time: VirtualTime): Waiting {
  return {
    until: async (what, done, limitMs = 10 * 60_000) => {
      time.touch();
      await time.until(done, limitMs).catch((cause: unknown) => {
        throw new Error(`waited in vain for ${what}`, { cause });
      });
    },
    look: () => time.touch(),
  };
}

/** Waiting in real time: it looks whenever something has happened. */
export function waitingForReal(): Waiting {
  const eyes = new Set<() => void>();
  return {
    until: (what, done, limitMs = 70_000) => new Promise((resolve, reject) => {
      const end = (deed: () => void) => {
        clearTimeout(timer);
        eyes.delete(eye);
        deed();
      };
      const eye = () => {
        if (done()) end(resolve);
      };
      const timer = setTimeout(() => end(() => reject(new Error(`waited in vain for ${what}`))), limitMs);
      eyes.add(eye);
      eye();
    }),
    look: () => eyes.forEach((eye) => eye()),
  };
}
