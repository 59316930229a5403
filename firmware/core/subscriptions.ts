import { SUBSCRIBE } from './mqtt/packet.ts';
import { filtersOf, MOST_FILTERS } from './topics.ts';

/** What the device asks the broker for, and whether it was granted. */
export interface Subscriptions {
  /**
   * Sends SUBSCRIBE for everything that a device of these names listens to, the first of which is its own, or
   * UNSUBSCRIBE for groups that it has left.
   */
  ask(prefix: string, names: string[], type: number): void;
  /**
   * The SUBACK of the request `id`, for these names, has come. Gives '' when all is granted, else the first filter that
   * the broker refuses.
   */
  refused(id: number, grants: string, prefix: string, names: string[]): string;
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
  request: (type: number, filters: (string | number)[], asks: number) => number,
): Subscriptions {
  let asked = qos;
  // SUBSCRIBE packets that have not been granted. After a start, nobody knows what the broker has kept.
  let open = 1;
  // Packet identifier of the first SUBSCRIBE: those of the others follow.
  let first = 0;

  return {
    ask: (prefix, names, type) => {
      const own: 0 | 1 = type === SUBSCRIBE ? 1 : 0;
      const filters = filtersOf(prefix, names, asked, own);
      let isFirst = own;
      while (filters.length) {
        open += own;
        const some = filters.splice(0, 2 * MOST_FILTERS);
        const id = request(type, some, some.length / 2);
        if (isFirst) first = id;
        isFirst = 0;
      }
    },
    refused: (id, grants, prefix, names) => {
      const at = grants.indexOf('\x80');
      if (at >= 0) return filtersOf(prefix, names, 0, 1)[2 * (MOST_FILTERS * (id - first) + at)] as string || 'a topic';
      open--;
      return '';
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
