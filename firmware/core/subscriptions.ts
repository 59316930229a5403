import { SUBSCRIBE } from './mqtt/packet.ts';
import { filtersOf, MOST_FILTERS } from './topics.ts';

/** What the device asks the broker for, and whether it was granted. */
export interface Subscriptions {
  /**
   * Sends SUBSCRIBE for everything that a device of these names listens to, the first of which is its own, or
   * UNSUBSCRIBE for groups that it has left.
   */
  ask(prefix: string, names: string[], type: number): void;
  /** A SUBACK has come. Gives false when the broker refuses a filter. */
  granted(grants: string): boolean;
  /** The broker does not answer: some know nothing of QoS 2. */
  unanswered(): void;
  /** Whether a session that the broker has kept holds less than the settings name. */
  missing(): boolean;
  /** The settings have changed while nobody could be asked. */
  changed(): void;
}

/** Makes the subscriptions of a session that sends through `request`. They ask for `qos` at first. */
export function createSubscriptions(
  qos: number,
  request: (type: number, filters: (string | number)[], asks: number) => void,
): Subscriptions {
  let asked = qos;
  // SUBSCRIBE packets that have not been granted. After a start, nobody knows what the broker has kept.
  let open = 1;

  return {
    ask: (prefix, names, type) => {
      const filters = filtersOf(prefix, names, asked, type === SUBSCRIBE ? 1 : 0);
      while (filters.length) {
        if (type === SUBSCRIBE) open++;
        const some = filters.splice(0, 2 * MOST_FILTERS);
        request(type, some, some.length / 2);
      }
    },
    granted: (grants) => {
      if (grants.indexOf('\x80') >= 0) return false;
      open--;
      return true;
    },
    unanswered: () => {
      // Never 0: RabbitMQ 3.10 would keep that subscription beside the one of before, and each ring would come twice.
      if (asked > 1) asked--;
    },
    missing: () => {
      const was = open;
      open = 0;
      return was > 0;
    },
    changed: () => {
      open = 1;
    },
  };
}
