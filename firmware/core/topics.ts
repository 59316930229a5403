/** Names that a device answers to: its own, its groups', and everybody's. */
export function namesOf(id: string, groups: string[]): string[] {
  return [id].concat(groups, ['all']);
}

/** Most filters in one SUBSCRIBE: more are refused by AWS IoT. */
export const MOST_FILTERS = 8;

/**
 * Topic filters for names of a device, each followed by the QoS to ask for. With `own`, the first of the names is the
 * device's own, and what is for it alone comes last. Exact ones only: a wildcard would bring back what the device
 * publishes itself.
 */
export function filtersOf(prefix: string, names: string[], qos: number, own: 0 | 1): (string | number)[] {
  const filters: (string | number)[] = [];
  for (let i = 0; i < names.length; i++) {
    const base = prefix + '/' + names[i];
    // Some brokers keep a session's subscriptions of QoS 1 and forget those of QoS 0: RabbitMQ 3.10 does.
    filters.push(base + '/ring', qos, base + '/stop', Math.min(qos, 1), base + '/who', Math.min(qos, 1));
  }
  const base = prefix + '/' + names[0];
  if (own) filters.push(base + '/set', Math.min(qos, 1), base + '/update', Math.min(qos, 1));
  return filters;
}
