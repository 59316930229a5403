import { secondsToWait } from './mqtt/backoff.ts';
import type { Parts } from './parts.ts';

/**
 * Seconds without a session after which the device restarts: sockets that the interpreter has lost count of come back
 * only so.
 */
const HOPELESS = 3600;

/** For each second that an attempt to connect stood still, so many until the next one, and the most of them, s. */
const CALM = 5;
const LONGEST_CALM = 120;

/** When to connect, and when to give up hope. */
export interface Attempts {
  /** The network has come (1) or is gone (0). What failed in one is not held against the next. */
  network(up: 0 | 1): void;
  /** The settings name a broker (1) or none. */
  broker(isThere: 0 | 1): void;
  /** The session is gone, or was not to be had: the broker has refused it, or dialling stood still for so long, s. */
  failed(isRefused: boolean, stood: number): void;
  /** The session has lasted: what has failed before is forgotten. */
  lasted(): void;
  /** A second has passed. */
  tick(online: 0 | 1): void;
  /** Whether it is time to connect. Says so once: asked each second in which nothing sounds. */
  isDue(): boolean;
  /** Whether only a restart can help any more. Without a network, the access point has its turn first. */
  isHopeless(): boolean;
  hasBroker(): 0 | 1;
}

/** Makes the attempts of a device that has no network yet. `load` gives a part of its settings. */
export function createAttempts(load: Parts['load']): Attempts {
  let hasNetwork: 0 | 1 = 0;
  let hasBroker: 0 | 1 = 0;
  // Seconds until the next attempt, attempts that came to nothing, and seconds without a session.
  let delay = 1;
  let failures = 0;
  let alone = 0;

  return {
    network: (up) => {
      hasNetwork = up;
      failures = 0;
      delay = 1;
    },
    broker: (isThere) => {
      hasBroker = isThere;
    },
    failed: (isRefused, stood) => {
      // While it dials, an ESP32 takes no notice of its button: most of the time is to be left to that.
      delay = Math.max(secondsToWait(failures++, isRefused, Math.random()), Math.min(LONGEST_CALM, CALM * stood));
    },
    lasted: () => {
      failures = 0;
    },
    tick: (online) => {
      alone = online ? 0 : alone + 1;
    },
    isDue: () => !!(hasNetwork && hasBroker && delay && !--delay),
    isHopeless: () =>
      !!(alone >= HOPELESS && hasBroker && (hasNetwork || alone >= load('portal').afterS + HOPELESS)),
    hasBroker: () => hasBroker,
  };
}
