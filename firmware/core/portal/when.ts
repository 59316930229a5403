
/** How long the access point of a device with settings stays open, and time from one opening to the next, s. */
export const WINDOW = 600;
const EVERY = 3600;

/** When the access point is open. */
export interface Times {
  /** Seconds for which it opens now: 0 for not at all, -1 for as long as there are no settings. */
  open: number;
  /** Seconds without a network in all after which to ask again, 0 for never. */
  again: number;
}

/**
 * Says whether the access point of a device opens that has been without a network for `alone` seconds. It knows so many
 * networks, and waits for `after` seconds, or does not open when that is 0. For ever only
 * where no network is configured: a Wi-Fi that is down for a day must not make access points of thirty bells.
 */
export function timesOf(networks: number, after: number, alone: number): Times {
  if (!networks) return { open: -1, again: 0 };
  if (!after) return { open: 0, again: 0 };
  if (alone < after) return { open: 0, again: after };
  return { open: WINDOW, again: alone + EVERY };
}
