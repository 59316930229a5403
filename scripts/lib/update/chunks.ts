import type { MqttClient } from 'mqtt';
import { pause } from './roll-call.ts';

/** Messages that wait for their acknowledgement at a time. */
const WINDOW = 16;
/** How long a broker may take to begin to hand out what it keeps, and to go on, ms. */
const PATIENCE = 2000;
const REST = 500;

/** The messages of roll-outs on a broker: chunks that it keeps, and manifests. */
export class Chunks {
  private readonly aborted: Promise<void>;

  constructor(
    private readonly client: MqttClient,
    private readonly prefix: string,
    private readonly signal: AbortSignal,
  ) {
    this.aborted = new Promise((done) => signal.addEventListener('abort', () => done(), { once: true }));
  }

  /** Publishes messages, retained; an empty one takes back what was retained. Stops when the user interrupts. */
  async keep(messages: readonly (readonly [topic: string, payload: Buffer | string])[], step?: () => void) {
    for (let at = 0; at < messages.length && !this.signal.aborted; at += WINDOW) {
      const sent = messages.slice(at, at + WINDOW).map(async ([topic, payload]) => {
        await this.client.publishAsync(`${this.prefix}/${topic}`, payload, { qos: 1, retain: true });
        step?.();
      });
      // While the broker is away, nothing is acknowledged.
      await Promise.race([Promise.all(sent), this.aborted]);
    }
  }

  /** Publishes the chunks of an image, for whoever asks later. */
  lay(image: string, chunks: readonly Buffer[], step: () => void): Promise<void> {
    return this.keep(chunks.map((chunk, n) => [`image/${image}/${n}`, chunk] as const), step);
  }

  /** Sends one chunk to whoever listens now. */
  send(image: string, n: number, chunk: Buffer): void {
    // An error is a connection that is gone: the device asks again.
    this.client.publish(`${this.prefix}/image/${image}/${n}`, chunk, { qos: 1 }, () => undefined);
  }

  /** Whether the broker hands out a chunk that it was given: some keep nothing. */
  async isKept(image: string): Promise<boolean> {
    return (await this.kept(`image/${image}/0`, true)).size > 0;
  }

  /** Takes the chunks of an image from the broker. */
  async clear(image: string, count: number): Promise<void> {
    await this.keep(Array.from({ length: count }, (_, n) => [`image/${image}/${n}`, ''] as const));
  }

  /** What the broker keeps for a filter, by topic behind the prefix; `first` waits for no second message. */
  async kept(filter: string, first = false): Promise<Map<string, Buffer>> {
    const found = new Map<string, Buffer>();
    const topic = `${this.prefix}/${filter}`;
    const enough = new AbortController();
    let quiet: NodeJS.Timeout | undefined;
    const listen = (heard: string, payload: Buffer, { retain }: { retain: boolean }): void => {
      if (!retain || !payload.length || !fits(heard, topic)) return;
      found.set(heard.slice(this.prefix.length + 1), payload);
      clearTimeout(quiet);
      quiet = setTimeout(() => enough.abort(), first ? 0 : REST);
    };
    this.client.on('message', listen);
    try {
      await this.client.subscribeAsync(topic, { qos: 1 });
      await pause(PATIENCE, AbortSignal.any([this.signal, enough.signal]));
      await this.client.unsubscribeAsync(topic);
    } catch {
      // A broker that lets nobody listen there is like one that keeps nothing.
    } finally {
      this.client.off('message', listen);
    }
    return found;
  }
}

/** Whether a topic is one of a filter whose only wildcard is `+`. */
function fits(topic: string, filter: string): boolean {
  const levels = topic.split('/');
  const wanted = filter.split('/');
  return levels.length === wanted.length && wanted.every((level, index) => level === '+' || level === levels[index]);
}
