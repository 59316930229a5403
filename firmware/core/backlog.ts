/** Silence after which no more messages are expected that waited in the session, and the longest wait for it, s. */
const REST = 3;
const MOST = 30;

/** How old a message may be that comes soon after a connection. */
export interface Backlog {
  /** A connection is there; `age` is the length of the outage, s, or 0 when no session can have kept messages. */
  begin(age: number): void;
  /** A message has come. */
  heard(): void;
  /** A second has passed. */
  tick(): void;
  /** The greatest age of a message that comes now, s. */
  age(): number;
}

/**
 * Tells messages that waited in a stored session from fresh ones. The server sends the former first and without a
 * pause, so that a pause ends them; one that never comes is not waited for, or a bell would stay deaf in a busy house.
 */
export function createBacklog(): Backlog {
  let waited = 0;
  let rest = 0;
  let left = 0;

  return {
    begin: (age) => {
      waited = age;
      rest = REST;
      left = MOST;
    },
    heard: () => {
      if (waited) rest = REST;
    },
    tick: () => {
      if (waited && (!--rest || !--left)) waited = 0;
    },
    age: () => waited,
  };
}
