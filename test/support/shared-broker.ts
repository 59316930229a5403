import type { MortalBroker } from './brokers.ts';

/** Starts a broker for the first who asks, and ends it with the last: some take ten seconds to start. */
export function sharedBroker(start: () => Promise<MortalBroker>): () => Promise<MortalBroker> {
  let broker: Promise<MortalBroker> | undefined;
  let users = 0;
  return async () => {
    users++;
    const started = await (broker ??= start());
    return {
      ...started,
      stop: async () => {
        if (--users) return;
        broker = undefined;
        await started.stop();
      },
    };
  };
}
