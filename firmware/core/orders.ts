/** What a message takes in the list beside its payload, bytes: a dozen variables of an ESP8266. */
const ORDER = 96;

/** Values that one message takes in the list. */
const FIELDS = 5;

/**
 * Does what a message asks for. `dup` says that it may be a copy; `waited` is its greatest age, s.
 */
export type Obey = (verb: string, payload: string, retain: number, dup: number, waited: number) => void;

/**
 * Messages that wait until the call stack is empty, which on an ESP8266 is small and guarded by nothing: one is obeyed
 * each time that `later` calls back. Gives a function that takes a message, and hands one that it has no room for to
 * `skipped`. Together they take at most `room` bytes: a burst brings hundreds. One is taken in any case.
 */
export function createOrders(
  later: (callback: () => void) => void, obey: Obey, skipped: () => void, room: number,
): Obey {
  // One flat list: an object for each message would take as much again.
  const orders: (string | number)[] = [];
  let working = 0;
  // Bytes that they take.
  let held = 0;

  const work = () => {
    const order = orders.splice(0, FIELDS);
    working = orders.length;
    held -= ORDER + (order[1] as string).length;
    if (working) later(work);
    obey(
      order[0] as string, order[1] as string, order[2] as number, order[3] as number, order[4] as number,
    );
  };

  return (verb, payload, retain, dup, waited) => {
    const size = ORDER + payload.length;
    if (working && held + size > room) {
      if (verb !== 'stop') return skipped();
      // Nothing that waits would be heard behind it.
      orders.splice(0, orders.length);
      held = 0;
    }
    held += size;
    orders.push(verb, payload, retain, dup, waited);
    if (!working) later(work);
    working = 1;
  };
}
