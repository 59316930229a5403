/** Seconds that one attempt to join a network may take. */
const PATIENCE = 30;

/** The radio, as far as the choice of a network needs it. */
export interface Radio {
  /** Starts to join the network with this number in the settings, leaving any other. */
  join(index: number): void;
}

/** Keeps a device on one of its networks. */
export interface Network {
  /** The radio has an address. */
  up(address: string): void;
  /** The radio has lost its network or could not join it; `reason` in words. */
  down(reason: string): void;
  /** A second has passed. */
  tick(): void;
}

/**
 * Tries `count` networks in order until one takes us, and begins again when it is lost.
 *
 * Both chips are driven the same way: one of them comes back by itself and tells of each failed try, the other does
 * nothing until it is told to join. `changed` hears of an address (1) and of a loss or a failed try (0).
 */
export function createNetwork(
  radio: Radio,
  count: number,
  changed: (up: 0 | 1, text: string) => void,
): Network {
  let index = -1;
  let isUp = 0;
  // Seconds until the next attempt.
  let patience = 1;

  return {
    up: (address) => {
      isUp = 1;
      changed(1, address);
    },
    down: (reason) => {
      // The network that was good a moment ago is tried first.
      if (isUp) {
        patience = 1;
        index--;
      } else if (patience > 2) patience = 2;
      isUp = 0;
      changed(0, reason);
    },
    tick: () => {
      if (isUp || !count || --patience) return;
      patience = PATIENCE;
      index = (index + 1) % count;
      radio.join(index);
    },
  };
}
